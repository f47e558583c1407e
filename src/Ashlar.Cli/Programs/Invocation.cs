namespace Ashlar.Cli.Programs;

/// <summary>How this process was called.</summary>
static class Invocation
{
    /// <summary>The words of the command, <c>ashlar</c> the first, whatever the file is called.</summary>
    public static string[] Words { get; } = ["ashlar", .. Environment.GetCommandLineArgs()[1..]];
}
