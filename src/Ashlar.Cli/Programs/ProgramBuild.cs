using System.Diagnostics;
using Ashlar.Lab;

namespace Ashlar.Cli.Programs;

/// <summary>Builds a program with the .NET SDK.</summary>
static class ProgramBuild
{
    /// <summary>Builds, in Release, as <c>dotnet run</c> would, whose outputs are taken if they are up to date; what the compiler says goes to standard error.</summary>
    /// <param name="path">A C# file or a project file.</param>
    /// <returns>The assembly to start.</returns>
    /// <exception cref="LabException">There is no SDK, or the program does not compile.</exception>
    public static string Run(string path)
    {
        using Process build = Start(path);
        Task<string> errors = build.StandardError.ReadToEndAsync();
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();

        // Of a build that succeeds the property is the last line; of one that fails there are the compiler's lines.
        string? target = output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.EndsWith(".dll", StringComparison.Ordinal) && File.Exists(line));
        if (build.ExitCode != 0 || target is null)
        {
            Console.Error.Write(string.Concat((output + errors.Result).Split('\n').Where(line => line.Length > 0 && line.Trim() != target).Select(line => $"{line}\n")));
            throw new LabException($"run: {path} does not build, so nothing was run. Mend what the compiler names above.");
        }

        return target;
    }

    static Process Start(string path)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("dotnet", ["build", path, "-c", "Release", "-v", "q", "-nologo", "-t:Build", "-getProperty:TargetPath"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LabException($"run: dotnet does not start: {e.Message}. Install the .NET SDK, or put its folder into PATH.", e);
        }
    }
}
