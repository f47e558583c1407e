using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Events;
using Ashlar.Training;

namespace Ashlar.Lab;

/// <summary>Records what a program does: points, pictures, files, configuration. What it is given goes into the run's folder and changes no result.</summary>
/// <remarks>
/// Points are on the disk within a second and cost their caller far less than a microsecond; any thread may log. A folder that cannot be written is said once and never thrown into the program.
/// A run ends when it is disposed, when the process ends, by an unhandled exception, or by a signal. After its end nothing more is recorded.
/// </remarks>
public sealed partial class Run : IDisposable
{
    readonly Recorder? _recorder;
    readonly RunFolder? _folder;
    readonly ConfigFile _given;
    readonly HashSet<string> _sections = [];

    Run(Recorder? recorder, ConfigFile given, int chainEvery)
    {
        (_recorder, _folder, _given) = (recorder, recorder?.Folder, given);
        var chain = new RunChain(this, chainEvery);
        (Chain, Events) = (chain, new RunEvents(this, chain));
        recorder?.Finishing += SayUnread;
    }

    /// <summary>See <see cref="RunId"/>; empty where nothing is recorded.</summary>
    public string Id => _folder?.Id ?? "";

    /// <summary>The run's folder, absolute; empty where nothing is recorded.</summary>
    public string Folder => _folder?.Path ?? "";

    /// <summary>Whether anything is recorded: false for <see cref="Current"/> in a program that nobody records, for a folder that cannot be written, and behind the end.</summary>
    public bool IsRecording => _recorder is { IsFinished: false };

    /// <summary>A folder for checkpoints: the run's own, or <c>.ashlar/checkpoints</c> where nothing is recorded.</summary>
    public string CheckpointFolder => _folder?.CheckpointsPath ?? Path.Combine(LabFolder.Find().Path, "checkpoints");

    /// <summary>A checkpoint to go on from where a part of a recorded run is repeated, else null. Give it to <see cref="Trainer{TBatch}.Fit"/> as <c>resume</c>, so that <c>ashlar reproduce --level 3</c> can repeat single intervals.</summary>
    public string? ResumeFrom => IsRecording ? ReproductionRequest.Current?.Resume : null;

    /// <summary>Records a <see cref="Trainer"/>: losses, learning rates, validations, tests, checkpoints. Give it to <see cref="Trainer.Events"/>.</summary>
    /// <remarks>Names: <c>train/loss</c>, <c>train/learning_rate</c>, <c>train/gradient_norm</c> of each step; those of validations as they are, <c>loss</c> among them; <c>test/…</c> of tests; <c>epoch</c>, <c>train/epoch_loss</c>, <c>train/examples_per_second</c> and <c>train/…</c> of epochs.</remarks>
    public ITrainingEvents Events { get; }

    /// <summary>Writes a link of the hash chain every <see cref="RunOptions.ChainEvery"/> steps, and with <see cref="Events"/> at each checkpoint. Put it among <see cref="Trainer.Callbacks"/>.</summary>
    public Callback Chain { get; }

    /// <summary>SHA-256 of the final weights (<see cref="WeightsHash"/>); <see cref="LogModel"/> sets it.</summary>
    public string? Weights
    {
        get => _recorder?.Weights;
        set => _recorder?.Weights = value;
    }

    /// <summary>Fills a record with what was given on the command line and in files, and keeps it resolved in <c>config.json</c>.</summary>
    /// <typeparam name="T">Its properties are the settings; see <see cref="ConfigReader"/>.</typeparam>
    /// <param name="section">Looks only at names that begin with this and a dot: for programs that have several such records. Empty for all names.</param>
    /// <exception cref="ConfigurationException">A name is unknown or a text has no meaning for its type; all faults are listed.</exception>
    public T Configuration<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(string section = "")
        where T : new()
    {
        Resolved<T> resolved = ConfigReader.Read<T>(_given, section);
        _sections.Add(section);
        Keep(resolved.File);
        return resolved.Value;
    }

    /// <summary>Ends the run.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="error">What ended it, or null.</param>
    public void Finish(RunState state = RunState.Finished, string? error = null) => End(() => _recorder?.Finish(state, error));

    /// <summary>Ends the run as failed.</summary>
    /// <param name="exception">What ended it.</param>
    public void Fail(Exception exception) => Finish(RunState.Failed, Recorder.TextOf(exception));

    /// <summary>Ends the run as finished, if it has not ended yet. An exception that passes by on the way is not seen here: one that is caught further out needs <see cref="Fail"/>.</summary>
    public void Dispose() => Finish();

    internal Recorder? Recorder => _recorder;

    // A setting that nobody looked at was a mistake, and nothing else tells.
    void SayUnread()
    {
        string[] unread = [.. _given.Values.Keys.Where(key => !_sections.Any(section => section.Length == 0 || ConfigName.Plain(key).StartsWith($"{ConfigName.Plain(section)}.", StringComparison.Ordinal)))];
        if (unread.Length > 0)
        {
            _recorder!.Tell($"run {Id}: the program never looked at {(unread.Length == 1 ? "the setting" : "the settings")} {string.Join(", ", unread)}. Call Run.Current.Configuration.");
        }
    }

    void Keep(ConfigFile resolved)
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            recorder.Try(() =>
            {
                ConfigFile before = new RunRecord(recorder.Folder.Path).Config;
                recorder.Folder.Write(before.With(resolved));
                recorder.Events.Write(new HyperparametersEvent(0, resolved.Values.Where(pair => pair.Value.Value.ValueKind != JsonValueKind.Null).ToDictionary(pair => pair.Key, pair => PlainOf(pair.Value.Value))));
            });
        }
    }

    static object PlainOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
