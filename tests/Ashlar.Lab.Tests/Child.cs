using System.Diagnostics;
using System.Globalization;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Tests;

/// <summary>A process of its own, to be killed or starved: the tests' assembly, started so that <see cref="StartupHook"/> calls <see cref="Do"/>.</summary>
static class Child
{
    public const string WorkVariable = "ASHLAR_TEST_CHILD";
    public const string FolderVariable = "ASHLAR_TEST_FOLDER";

    /// <summary>Starts the work; what it prints can be read.</summary>
    /// <param name="work">See <see cref="Do"/>.</param>
    /// <param name="folder">Where it writes.</param>
    /// <param name="limit">Kibibytes that a file may have; beyond, the system refuses to write, as when the disk is full.</param>
    public static Process Start(string work, string folder, int? limit = null)
    {
        string assembly = typeof(Child).Assembly.Location;
        ProcessStartInfo start = limit is null
            ? new("dotnet", [assembly])
            : new("bash", ["-c", string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; ulimit -f {limit}; exec dotnet \"$0\""), assembly]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // which would make the runtime need a large file, of memory
        start.Environment[WorkVariable] = work;
        start.Environment[FolderVariable] = folder;
        return Process.Start(start)!;
    }

    /// <summary>Runs the work to its end.</summary>
    public static (int Code, string Output, string Errors) Run(string work, string folder, int? limit = null)
    {
        using Process child = Start(work, folder, limit);
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output, errors.Result);
    }

    public static void Do(string work, string folder)
    {
        switch (work)
        {
            case "log": Log(folder); break;
            case "leave": Leave(folder); break;
            case "add": Add(folder); break;
            case "fill": Fill(folder); break;
        }
    }

    // Logs without end and says after each flush how many points are durable.
    static void Log(string folder)
    {
        var log = EventLog.Create(folder, firstStep: 0);
        for (long step = 0; ; step++)
        {
            log.Scalar("x", step * 0.1, step);
            if (step % 500 == 499)
            {
                log.Flush();
                Console.WriteLine(step + 1);
            }
        }
    }

    // Ends in order, but without disposing the log.
    static void Leave(string folder)
    {
        var log = EventLog.Create(folder);
        for (int step = 0; step < 1000; step++)
        {
            log.Scalar("x", step, step);
        }
    }

    // Adds contents without end and says the hash of each.
    static void Add(string folder)
    {
        var store = new ArtifactStore(folder);
        for (int i = 0; ; i++)
        {
            Console.WriteLine(store.Add([.. Enumerable.Range(0, 20_000).SelectMany(k => BitConverter.GetBytes(k * i))]));
        }
    }

    // Writes until the system refuses, and beyond.
    static void Fill(string folder)
    {
        using var log = EventLog.Create(Path.Combine(folder, "events"));
        for (int step = 0; step < 10_000; step++)
        {
            log.Scalar("x", step, step);
        }

        log.Flush();
        try
        {
            new ArtifactStore(Path.Combine(folder, "store")).Add(new byte[1 << 20]);
        }
        catch (IOException e)
        {
            Console.WriteLine(e.Message);
        }

        log.Scalar("x", 0, 10_000);
        log.Flush();
        Console.WriteLine($"alive, lost {log.Lost}, fault {log.Fault?.Message}");
    }
}
