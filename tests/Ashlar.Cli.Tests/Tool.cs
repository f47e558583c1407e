using System.Diagnostics;

namespace Ashlar.Cli.Tests;

/// <summary>Runs the built tool as its users do: as a process.</summary>
static class Tool
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Ashlar.Cli.dll");

    // Runs of all tests that name no folder of their own; a process that ends takes it away.
    static readonly Lazy<DirectoryInfo> Lab = new(() =>
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ashlar-lab-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    });

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">Between spaces.</param>
    public static ToolResult Run(string arguments) => Run(arguments, new Dictionary<string, string>());

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">Between spaces.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="folder">Where to run it; null for here.</param>
    public static ToolResult Run(string arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        using Process process = Start(arguments, environment, folder);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, errors.Result);
    }

    /// <summary>Starts a command.</summary>
    public static Process Start(string arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? "" };
        start.Environment["ASHLAR_HOME"] = Lab.Value.FullName;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
