using System.Security.Cryptography;
using System.Text;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Bundles;

/// <summary>The files of a bundle, gathered: path, hash, and where the bytes are. A content that is there under one path is not taken again under another.</summary>
/// <param name="store">Holds sources, patches and artifacts.</param>
sealed class BundleContents(ArtifactStore store)
{
    // Of a run's folder these change after the run, or are artifacts too.
    static readonly string[] LeftOut = ["run.lock", "reproduce.json"];

    readonly SortedDictionary<string, (BundleFile File, Func<Stream> Open)> _files = new(StringComparer.Ordinal);
    readonly HashSet<string> _contents = new(StringComparer.Ordinal);
    readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    readonly List<BundleDataFile> _data = [];
    readonly List<string> _missing = [];

    public IEnumerable<(BundleFile File, Func<Stream> Open)> Files => _files.Values;

    public IReadOnlyList<BundleDataFile> Data => _data;

    /// <summary>What runs name and nobody has any more.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public void AddText(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Put(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, () => new MemoryStream(bytes));
    }

    public void AddRun(RunRecord run, BundleData data)
    {
        foreach (string file in Directory.EnumerateFiles(run.Folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(run.Folder, file).Replace('\\', '/');
            if (!LeftOut.Contains(name) && !name.EndsWith(".partial", StringComparison.Ordinal) && !name.EndsWith(".partial.lock", StringComparison.Ordinal) && !name.StartsWith("checkpoints/", StringComparison.Ordinal))
            {
                AddPath($"runs/{run.Id}/{name}", file);
            }
        }

        foreach (CodeFile file in run.Code.Files)
        {
            AddStored(Free(file.Sha256, $"sources/{file.Path}", $"sources-{run.Id}/{file.Path}"), file.Sha256, $"source {file.Path} of run {run.Id}");
        }

        if (run.Code.Git?.Patch is { } patch)
        {
            AddStored($"patches/{patch[..Math.Min(12, patch.Length)]}.patch", patch, $"patch of run {run.Id}");
        }

        foreach (ArtifactRecord artifact in run.Artifacts)
        {
            bool isModel = artifact.Name.EndsWith(".safetensors", StringComparison.Ordinal) && !artifact.Name.StartsWith("checkpoints/", StringComparison.Ordinal);
            AddStored($"{(isModel ? "models" : "artifacts")}/{run.Id}/{artifact.Name}", artifact.Sha256, $"artifact {artifact.Name} of run {run.Id}");
        }

        foreach (DataFile file in run.Data.Files)
        {
            AddData(run, file, data);
        }
    }

    void AddData(RunRecord run, DataFile file, BundleData data)
    {
        string? path = null;
        if (data == BundleData.All || (data == BundleData.NotFetchable && file.Fetch is null))
        {
            if (!File.Exists(file.Path) || HashOf(file.Path) != file.Sha256)
            {
                _missing.Add($"data {file.Name} of run {run.Id}: {file.Path} is {(File.Exists(file.Path) ? "another file now" : "absent")}");
                return;
            }

            path = $"data/{file.Sha256[..12]}/{Path.GetFileName(file.Path)}";
            path = ArtifactName.Fault(path) is null ? path : $"data/{file.Sha256[..12]}/file";
            AddPath(path, file.Path);
        }

        _data.Add(new BundleDataFile(run.Id, file.Name, file.Sha256, file.Size, path, file.Fetch));
    }

    void AddPath(string path, string file) => Put(path, HashOf(file), new FileInfo(file).Length, () => File.OpenRead(file));

    void AddStored(string path, string sha256, string what)
    {
        if (!ArtifactStore.IsHash(sha256) || !store.Verify(sha256))
        {
            _missing.Add($"{what}: the store {(ArtifactStore.IsHash(sha256) && store.Contains(sha256) ? "has other bytes" : "does not have it")}");
        }
        else if (_contents.Add(sha256))
        {
            string stored = store.PathOf(sha256);

            // What some system does not take as a path, or not beside another, still has its content.
            Put(ArtifactName.Fault(path) is null && !_names.Contains(path) ? path : $"store/{sha256}", sha256, new FileInfo(stored).Length, () => File.OpenRead(stored));
        }
    }

    string Free(string sha256, string path, string otherwise) => _files.TryGetValue(path, out (BundleFile File, Func<Stream>) there) && there.File.Sha256 != sha256 ? otherwise : path;

    void Put(string path, string sha256, long size, Func<Stream> open)
    {
        _names.Add(path);
        _files[path] = (new BundleFile(path, sha256, size), open);
    }

    static string HashOf(string path)
    {
        using FileStream content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
