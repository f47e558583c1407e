namespace Ashlar.Lab.Reproduction;

/// <summary>What the words of a recorded command mean to the program: <c>ashlar run PROGRAM key=value --option VALUE -- argument</c>, a command of the tool itself, or a program that recorded itself.</summary>
static class RecordedCommand
{
    /// <summary>The settings that <c>ashlar run</c> was given.</summary>
    public static IEnumerable<string> Settings(RunRecord run)
    {
        if (!IsRun(run))
        {
            yield break;
        }

        // Every option of the command takes a value, which may look like a setting.
        string[] words = [.. run.File.Command.Skip(2).TakeWhile(word => word != "--")];
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("--", StringComparison.Ordinal))
            {
                i += words[i].Contains('=', StringComparison.Ordinal) ? 0 : 1;
            }
            else if (words[i].IndexOf('=', StringComparison.Ordinal) > 0)
            {
                yield return words[i];
            }
        }
    }

    /// <summary>What the program itself is given.</summary>
    public static IEnumerable<string> Arguments(RunRecord run) =>
        IsRun(run) ? run.File.Command.SkipWhile(word => word != "--").Skip(1) : run.File.Command.Skip(1);

    static bool IsRun(RunRecord run) => run.File.Command is ["ashlar", "run", ..];
}
