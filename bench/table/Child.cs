using System.Diagnostics;
using System.Globalization;

namespace Ashlar.Bench;

/// <summary>A process that does one thing and says so on its first line: this program with --child, or bench/peers/child.py.</summary>
static class Child
{
    public const string Option = "--child";

    // The program as it is shipped to start fast: bench/run publishes it. Without it the child is this program as it was built.
    static readonly string? Published = Environment.GetEnvironmentVariable("BENCH_PUBLISHED") is { Length: > 0 } path ? path : null;

    /// <summary>Whether children of the product are the published program.</summary>
    public static bool IsPublished => Published is not null;

    /// <summary>Starts this program's child.</summary>
    /// <returns>Seconds from the start of the process to its first line, and the line's numbers.</returns>
    public static (double Seconds, double[] Numbers) OfProduct(int threads, params string[] work) => Published is null ? OfBuilt(threads, work) : Run(new ProcessStartInfo(Published, [Option, $"{threads}", .. work]));

    /// <summary>Starts the child of this program as it was built, whose code is compiled as it runs.</summary>
    /// <inheritdoc cref="OfProduct"/>
    public static (double Seconds, double[] Numbers) OfBuilt(int threads, params string[] work) => Run(OfThisProgram([Option, $"{threads}", .. work]));

    /// <summary>This program as it was built, with other arguments.</summary>
    public static ProcessStartInfo OfThisProgram(string[] arguments)
    {
        string[] program = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet" ? [path] : [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "Ashlar.Bench.dll")];
        return new(program[0], [.. program[1..], .. arguments]);
    }

    /// <summary>Starts the peer's child.</summary>
    /// <inheritdoc cref="OfProduct"/>
    public static (double Seconds, double[] Numbers) OfPeer(int threads, params string[] work)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("BENCH_PYTHON") ?? "python3", [Path.Combine("bench", "peers", "child.py"), .. work]);
        foreach ((string name, string value) in PeerSetting.For(threads, quick: false).First().Variables)
        {
            start.Environment[name] = value;
        }

        return Run(start);
    }

    /// <summary>Starts a child. A line without numbers is when it was ready; the numbers follow.</summary>
    /// <inheritdoc cref="OfProduct"/>
    public static (double Seconds, double[] Numbers) Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        line = line is "" ? process.StandardOutput.ReadLine() : line;
        process.WaitForExit();
        return line is null ? throw new InvalidOperationException($"{start.FileName}: said nothing. Its message stands above.")
            : (seconds, [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))]);
    }
}
