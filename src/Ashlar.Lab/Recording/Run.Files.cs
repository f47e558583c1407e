using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ashlar.Lab.Events;
using Ashlar.Nn;

namespace Ashlar.Lab;

/// <content>Artifacts, models, data.</content>
public sealed partial class Run
{
    readonly Lock _dataGate = new();
    DataRecord? _data;

    /// <summary>Keeps a file that the program made; it may change or go afterwards. Takes as long as copying it.</summary>
    /// <param name="path">A file, or a folder, whose files are all kept.</param>
    /// <param name="name">A relative path with <c>/</c> (<see cref="ArtifactName"/>); null for the last part of the path.</param>
    /// <param name="step">Of the training, or null.</param>
    /// <exception cref="LabException">The name is none, or there is no such file.</exception>
    public void LogArtifact(string path, string? name = null, long? step = null)
    {
        string root = ArtifactName.Check(name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))));
        (string Name, string Path)[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => (ArtifactName.Check($"{root}/{Path.GetRelativePath(path, file).Replace('\\', '/')}"), file)).OrderBy(file => file.Item1, StringComparer.Ordinal)]
            : File.Exists(path) ? [(root, path)] : throw new LabException($"Run.LogArtifact: {path} does not exist. Write the file first.");
        if (_recorder is { IsFinished: false } recorder)
        {
            foreach ((string artifact, string file) in files)
            {
                recorder.Try(() =>
                {
                    using FileStream content = File.OpenRead(file);
                    recorder.Keep(artifact, content, step);
                });
            }
        }
    }

    /// <summary>Keeps bytes as a file.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="name">A relative path with <c>/</c> (<see cref="ArtifactName"/>).</param>
    /// <param name="step">Of the training, or null.</param>
    /// <exception cref="LabException">The name is none.</exception>
    public void LogArtifact(ReadOnlySpan<byte> content, string name, long? step = null)
    {
        ArtifactName.Check(name);
        if (_recorder is { IsFinished: false } recorder)
        {
            byte[] bytes = content.ToArray();
            recorder.Later(() => recorder.Keep(name, new MemoryStream(bytes), step));
        }
    }

    /// <summary>Keeps a model's state as safetensors, its hash as the run's <see cref="Weights"/>, and its layers as text beside it (<c>model.txt</c>).</summary>
    /// <param name="model">The outermost module.</param>
    /// <param name="name">Of the artifact.</param>
    /// <param name="input">With the batch axis, such as <c>new Shape(1, 1, 28, 28)</c>: then the text is a <see cref="ModelSummary"/>, and the graph of a forward pass is logged as recorded and as planned. Null for the constructors alone.</param>
    /// <exception cref="LabException">The name is none.</exception>
    public void LogModel(Module model, string name = "model.safetensors", Shape? input = null)
    {
        ArtifactName.Check(name);
        if (!IsRecording)
        {
            return;
        }

        SafetensorsTensor[] tensors = [.. model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))];
        using var bytes = new MemoryStream();
        SafetensorsWriter.Write(bytes, tensors, new Dictionary<string, string>
        {
            ["format"] = "ashlar model 1",
            ["model"] = model.ToString(),
            ["numerics"] = Numerics.Version.ToString(CultureInfo.InvariantCulture),
        });
        LogArtifact(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
        LogArtifact(Encoding.UTF8.GetBytes(input is { } shape ? ModelSummary.Of(model, shape).ToString() : model.ToString()), Path.ChangeExtension(name, ".txt"));
        Weights = WeightsHash.Of(tensors);
        if (input is { } example)
        {
            var graph = ModelGraph.Of(model, example);
            Write(new GraphEvent(ModelGraph.WrittenTag, 0, 0, GraphDefinition.Write(graph.Written)));
            Write(new GraphEvent(ModelGraph.FusedTag, 0, 0, GraphDefinition.Write(graph.Fused)));
        }
    }

    /// <summary>Notes a file that the program reads, by the hash of its bytes; the bytes stay where they are. Takes as long as reading it.</summary>
    /// <param name="name">For people and for <c>ashlar reproduce</c>.</param>
    /// <param name="path">A file, or a folder, whose files are all noted.</param>
    /// <param name="fetch">An address or a command that gives it, for who does not have it; null for none.</param>
    /// <exception cref="LabException">There is no such file.</exception>
    public void LogData(string name, string path, string? fetch = null)
    {
        (string Name, string Path)[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => ($"{name}/{Path.GetRelativePath(path, file).Replace('\\', '/')}", file)).OrderBy(file => file.Item1, StringComparer.Ordinal)]
            : File.Exists(path) ? [(name, path)] : throw new LabException($"Run.LogData: {path} does not exist. Name the file that the program reads.");
        if (!IsRecording)
        {
            return;
        }

        foreach ((string entry, string file) in files)
        {
            using FileStream content = File.OpenRead(file);
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            Note(data => data with { Files = [.. data.Files.Where(other => other.Name != entry), new DataFile(entry, Path.GetFullPath(file), hash, content.Length, fetch)] });
        }
    }

    /// <summary>Notes which examples a part of the data holds.</summary>
    /// <param name="name">Such as <c>train</c>.</param>
    /// <param name="ids">A text for each example, in their order.</param>
    public void LogSplit(string name, IEnumerable<string> ids)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long count = 0;
        foreach (string id in ids)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{id}\n"));
            count++;
        }

        var split = new DataSplit(name, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
        Note(data => data with { Splits = [.. data.Splits.Where(other => other.Name != name), split] });
    }

    /// <summary>Notes which examples a part of the data holds.</summary>
    /// <param name="name">Such as <c>train</c>.</param>
    /// <param name="ids">The number of each example, in their order.</param>
    public void LogSplit(string name, IEnumerable<int> ids) => LogSplit(name, ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    void Note(Func<DataRecord, DataRecord> change)
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            lock (_dataGate)
            {
                _data = change(_data ?? new RunRecord(recorder.Folder.Path).Data);
                recorder.Try(() => recorder.Folder.Write(_data));
            }
        }
    }
}
