using Spectre.Console;

namespace Ashlar.Cli;

/// <summary>Where text for people goes, and whether it may move and have colours.</summary>
static class Screen
{
    // Wide enough for every table; a file or pipe has no width of its own.
    const int PlainWidth = 120;

    /// <summary>A console on a stream.</summary>
    /// <param name="writer">Standard output or standard error.</param>
    /// <param name="isTerminal">Whether the stream is one that understands control sequences.</param>
    public static IAnsiConsole On(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Standard output, or with <c>--json</c> standard error.</summary>
    public static IAnsiConsole ForPeople(bool json) => json ? On(Console.Error, ErrorIsTerminal) : On(Console.Out, OutputIsTerminal);

    /// <summary>Whether standard error is a terminal whose user did not ask for plain text.</summary>
    public static bool ErrorIsTerminal => !Console.IsErrorRedirected && IsWanted;

    static bool OutputIsTerminal => !Console.IsOutputRedirected && IsWanted;

    static bool IsWanted => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
}
