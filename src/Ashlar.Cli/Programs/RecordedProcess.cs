using System.Diagnostics;
using System.Runtime.InteropServices;
using Ashlar.Lab;

namespace Ashlar.Cli.Programs;

/// <summary>A program under way whose console is passed on byte by byte and kept in the run's log.</summary>
sealed class RecordedProcess : IDisposable
{
    readonly Process _process;
    readonly LogFile _log;
    readonly Task[] _streams;
    readonly List<PosixSignalRegistration> _signals = [];

    /// <param name="assembly">What to start.</param>
    /// <param name="arguments">For the program.</param>
    /// <param name="folder">The run's.</param>
    /// <param name="given">The file with the given settings.</param>
    /// <param name="passes">Whether what the program prints appears on this process's console, too.</param>
    public RecordedProcess(string assembly, string[] arguments, RunFolder folder, string given, bool passes = true)
    {
        _log = new LogFile(folder.LogPath);
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Run.FolderVariable] = folder.Path;
        start.Environment[Run.ConfigVariable] = given;
        _process = Process.Start(start)!;
        _streams =
        [
            Task.Run(() => Pass(_process.StandardOutput.BaseStream, passes ? Console.OpenStandardOutput() : Stream.Null, "out")),
            Task.Run(() => Pass(_process.StandardError.BaseStream, passes ? Console.OpenStandardError() : Stream.Null, "err")),
        ];
    }

    /// <summary>Whether this process was told to stop meanwhile.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Waits for the program's end, and for the last of what it wrote.</summary>
    /// <returns>Its exit code; of one that a signal ended 128 and the signal's number.</returns>
    public int Wait()
    {
        _process.WaitForExit();
        Task.WaitAll(_streams);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _process.Dispose();
        _log.Dispose();
    }

    // The terminal sends Ctrl-C to the program, too; anyone else who tells this process means the program.
    void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        IsInterrupted = true;
        bool isFromTerminal = context.Signal == PosixSignal.SIGINT && !Console.IsInputRedirected;
        if (!isFromTerminal)
        {
            ProcessSignal.Send(_process, context.Signal);
        }
    }

    void Pass(Stream from, Stream to, string name)
    {
        var line = new ConsoleLine(text => _log.Add(name, text));
        var bytes = new byte[1 << 14];
        bool isOpen = true;
        for (int count; (count = from.Read(bytes)) > 0;)
        {
            line.Add(bytes.AsSpan(0, count));
            isOpen = isOpen && Written(to, bytes.AsSpan(0, count));
        }

        line.Finish();
    }

    // A reader that goes away, as head does, is no reason to stop the program.
    static bool Written(Stream to, ReadOnlySpan<byte> bytes)
    {
        try
        {
            to.Write(bytes);
            to.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
