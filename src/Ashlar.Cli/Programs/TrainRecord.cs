using System.CommandLine;
using System.Text.Json;
using Ashlar.Data.Datasets;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Nn;
using Ashlar.Training;

namespace Ashlar.Cli.Programs;

/// <summary>The record of a training by the tool: code, settings, data, points, chain, model. Nothing of it reaches a weight.</summary>
sealed class TrainRecord : IDisposable
{
    const string Marker = "run";

    readonly Run _run;
    readonly Task _code;
    readonly bool _goesOn;

    TrainRecord(Run run, bool goesOn)
    {
        (_run, _goesOn) = (run, goesOn);
        var files = new RunFolder(run.Folder);
        _code = run.IsRecording ? Task.Run(() => files.Write(ToolCode.Take(new LabFolder(Path.Combine(run.Folder, "..", "..")).Store))) : Task.CompletedTask;
    }

    /// <summary>The run's id.</summary>
    public string Id => _run.Id;

    /// <summary>Is told how the training goes.</summary>
    public ITrainingEvents Events => _run.Events;

    /// <summary>Begins a record, or goes on with that of the checkpoint, if it has the same settings.</summary>
    /// <param name="facts">Name, tags, experiment.</param>
    /// <param name="parsed">The command.</param>
    /// <param name="settings">Values with their sources; <c>dataset</c> names a run that has no name.</param>
    /// <param name="checkpoints">The folder whose last checkpoint is gone on from, or null.</param>
    public static TrainRecord Begin(RunFacts facts, ParseResult parsed, ConfigFile settings, string? checkpoints)
    {
        RunRecord? before = Before(checkpoints);
        bool goesOn = before is not null && settings.Values.All(setting => before.Settings.TryGetValue(setting.Key, out JsonElement value) && value.GetRawText() == setting.Value.Value.GetRawText());
        var record = new TrainRecord(Run.Start(facts.Name(parsed) ?? settings.Values["dataset"].Value.GetString()!, new RunOptions
        {
            Command = Invocation.Words,
            Tags = facts.Tags(parsed),
            Experiment = facts.Experiment(parsed),
            Code = "",
            Resume = goesOn ? before!.Id : null,
            Parent = goesOn ? null : before?.Id,
        }), goesOn);
        if (record._run.IsRecording && !goesOn)
        {
            new RunFolder(record._run.Folder).Write(settings);
        }

        return record;
    }

    static RunRecord? Before(string? checkpoints)
    {
        string marker = Path.Combine(checkpoints ?? "", Marker);
        string id = checkpoints is not null && File.Exists(marker) ? File.ReadAllText(marker).Trim() : "";
        return RunId.IsValid(id) && LabFolder.Find() is var lab && Directory.Exists(lab.PathOf(id)) ? new RunRecord(lab.PathOf(id)) : null;
    }

    /// <summary>Notes beside checkpoints whose they are.</summary>
    public void Mark(string checkpoints)
    {
        Directory.CreateDirectory(checkpoints);
        File.WriteAllText(Path.Combine(checkpoints, Marker), $"{_run.Id}\n");
    }

    /// <summary>Records what is known before the first step.</summary>
    /// <param name="data">The images as they are used.</param>
    /// <param name="files">The files they come from.</param>
    /// <param name="model">What is trained.</param>
    public void Describe(ImageDataset data, IReadOnlyList<string> files, Module model)
    {
        if (!_run.IsRecording || _goesOn)
        {
            return;
        }

        foreach (string file in files)
        {
            _run.LogData(Path.GetFileName(file), file);
        }

        _run.LogSplit("train", Enumerable.Range(0, data.Train.Count));
        _run.LogSplit("test", Enumerable.Range(0, data.Test.Count));
        _run.LogArtifact(System.Text.Encoding.UTF8.GetBytes(ModelSummary.Of(model, new Shape(1, data.Channels, data.Height, data.Width)).ToString()), "model.txt");
    }

    /// <summary>What acts in the training for the record.</summary>
    /// <param name="epochs">Of the whole training.</param>
    public IReadOnlyList<Callback> Callbacks(int epochs) => _run.IsRecording ? [_run.Chain, new MilestoneCheckpoints(new RunFolder(_run.Folder).CheckpointsPath, epochs)] : [];

    /// <summary>Records numbers of a measurement.</summary>
    public void Log(IReadOnlyDictionary<string, double> values)
    {
        foreach ((string name, double value) in values)
        {
            _run.Log(name, value, 0);
        }
    }

    /// <summary>Records the end.</summary>
    /// <param name="model">The saved model, or null.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="error">What ended it, or null.</param>
    public void End(string? model, RunState state, string? error = null)
    {
        if (model is not null)
        {
            _run.LogArtifact(model, "model.safetensors");
        }

        try
        {
            _code.Wait();
        }
        catch (AggregateException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"run {_run.Id}: the tool itself is not recorded: {e.InnerException.Message}");
        }

        _run.Finish(state, error);
    }

    public void Dispose() => _run.Dispose();
}
