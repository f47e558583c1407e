using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab;

/// <summary>The writing side of a run: points through the event log, everything slow on a thread of its own. A disk that refuses is said once and never thrown into the program.</summary>
sealed class Recorder : IDisposable
{
    /// <summary>The folder of the program's own events; those of the machine lie beside it, since going on from a checkpoint hides steps of the training only.</summary>
    public const string MainEvents = "main";

    // What waits to be written holds files open; a writer that is far behind makes the next one wait.
    const int MostWaiting = 64;

    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    readonly RunOptions _options;
    readonly BlockingCollection<Action> _work = new(MostWaiting);
    readonly Thread _thread;
    readonly List<IDisposable> _signals = [];
    readonly TimeProvider _time = TimeProvider.System;
    readonly Lock _gate = new();
    readonly EventLog? _system;
    readonly SystemSample? _sample;
    readonly LogFile? _log;
    readonly IDisposable? _console;
    string? _fault;
    bool _interrupted;
    bool _finished;

    public Recorder(RunFolder folder, ArtifactStore store, RunOptions options, bool keepConsole)
    {
        (Folder, Store, _options) = (folder, store, options);

        // Before that of the event logs, which close themselves at the end of the process: what is still to come must go into them.
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        Action<string> say = Say;
        Events = EventLog.Create(Path.Combine(folder.EventsPath, MainEvents), say: say);
        if (options.SystemEvery is not null)
        {
            (_system, _sample) = (EventLog.Create(Path.Combine(folder.EventsPath, "system"), say: say), new SystemSample());
        }

        Try(() => Directory.CreateDirectory(folder.CheckpointsPath));
        if (keepConsole && Tried(() => new LogFile(folder.LogPath)) is { } log)
        {
            (_log, _console) = (log, ConsoleTee.Begin(log));
        }

        _thread = new Thread(Work) { IsBackground = true, Name = "run recorder" };
        _thread.Start();
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => OnSignal()));
        }
    }

    public RunFolder Folder { get; }

    public ArtifactStore Store { get; }

    public EventLog Events { get; }

    public MetricTable Metrics { get; } = new();

    public string? Weights { get; set; }

    public bool IsFinished => _finished;

    /// <summary>Is asked to hand in what it holds back, before the end.</summary>
    public event Action? Finishing;

    public void Point(string name, double value, long step)
    {
        Metrics.Add(name, value, step);
        try
        {
            Events.Scalar(name, value, step);
        }
        catch (ObjectDisposedException)
        {
            // The process ends, and a thread of the program's logs still.
        }
    }

    /// <summary>Puts a content into the store and a line into the list of artifacts.</summary>
    public void Keep(string name, Stream content, long? step)
    {
        string hash = Store.Add(content);
        Folder.Append(new ArtifactRecord(ArtifactName.Check(name), hash, content.Length, MediaType.Of(name), step, _time.GetUtcNow()));
    }

    /// <summary>Does something slow on the recorder's thread.</summary>
    public void Later(Action act)
    {
        try
        {
            _work.Add(act);
        }
        catch (InvalidOperationException)
        {
            // Behind the end there is no thread any more.
            Try(act);
        }
    }

    /// <summary>Says something to whoever runs the program.</summary>
    public void Tell(string message) => (_options.Say ?? Console.Error.WriteLine)(message);

    /// <summary>Does something with files; what the disk refuses is said once.</summary>
    public void Try(Action act) => Tried<object>(() =>
    {
        act();
        return null;
    });

    public T? Tried<T>(Func<T?> act)
        where T : class
    {
        try
        {
            return act();
        }
        catch (ObjectDisposedException)
        {
            // The process ends, and a thread of the program's goes on still.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LabException)
        {
            Say($"run {Folder.Id}: not everything is recorded: {e.Message} The program goes on.");
            return null;
        }
    }

    public void Finish(RunState state, string? error, int? exitCode = null)
    {
        lock (_gate)
        {
            if (_finished)
            {
                return;
            }

            _finished = true;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        Finishing?.Invoke();
        _work.CompleteAdding();
        _thread.Join();
        Sample();
        Try(() => Events.Write(new HyperparametersEndEvent(0, state == RunState.Failed ? HyperparametersStatus.Failure : HyperparametersStatus.Success)));
        Events.Dispose();
        _system?.Dispose();
        if (error is not null)
        {
            _log?.Add("err", error);
        }

        _console?.Dispose();
        _log?.Dispose();
        End(_interrupted && state == RunState.Finished ? RunState.Interrupted : state, error?.Split('\n')[0], exitCode);
        _signals.ForEach(signal => signal.Dispose());
        _work.Dispose();
    }

    public void Dispose() => Finish(RunState.Finished, null);

    /// <summary>Ctrl-C and the like: everything is put on the disk now, since the process may be gone at once. A program that handles the signal itself may go on until it ends the run.</summary>
    internal void OnSignal()
    {
        _interrupted = true;
        Events.Flush();
        End(RunState.Interrupted, null, null);
    }

    internal void OnUnhandled(object? sender, UnhandledExceptionEventArgs e) => Finish(RunState.Failed, e.ExceptionObject is Exception exception ? TextOf(exception) : "an unhandled exception");

    /// <summary>Type and message, and behind it where it was thrown.</summary>
    public static string TextOf(Exception exception) => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}\n{exception.StackTrace}".TrimEnd();

    void OnExit(object? sender, EventArgs e) =>
        Finish(Environment.ExitCode == 0 ? RunState.Finished : RunState.Failed, Environment.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"exit code {Environment.ExitCode}"), Environment.ExitCode);

    void End(RunState state, string? error, int? exitCode) => Try(() => Folder.Update(run => run with
    {
        State = state,
        End = _time.GetUtcNow(),
        Error = error ?? run.Error,
        ExitCode = exitCode ?? run.ExitCode,
        Metrics = Metrics.Take(),
        Weights = Weights ?? run.Weights,
    }));

    void Work()
    {
        long beat = _time.GetTimestamp();
        long sample = beat;
        while (!_work.IsCompleted)
        {
            if (_work.TryTake(out Action? act, Heartbeat))
            {
                Try(act);
            }

            if (_time.GetElapsedTime(beat) >= Heartbeat)
            {
                beat = _time.GetTimestamp();
                Beat();
            }

            if (_options.SystemEvery is { } every && _time.GetElapsedTime(sample) >= every)
            {
                sample = _time.GetTimestamp();
                Sample();
            }
        }
    }

    void Beat()
    {
        if (Metrics.TakeIfChanged() is { } metrics && !_interrupted)
        {
            Try(() => Folder.Update(run => run with { Metrics = metrics, Weights = Weights ?? run.Weights }));
        }
    }

    // Steps of these are seconds since the run began: they belong to the machine's time, not to the training's.
    void Sample()
    {
        if (_sample is not null && _system is not null)
        {
            Try(() =>
            {
                long second = (long)(_time.GetUtcNow() - RunId.TimeOf(Folder.Id)).TotalSeconds;
                foreach ((string name, double value) in _sample.Take())
                {
                    _system.Scalar(name, value, second);
                }
            });
        }
    }

    void Say(string message)
    {
        if (Interlocked.CompareExchange(ref _fault, message, null) is null)
        {
            Tell(message);
        }
    }
}
