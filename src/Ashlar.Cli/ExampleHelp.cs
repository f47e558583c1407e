using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ashlar.Cli;

/// <summary>The usual help with examples behind it.</summary>
/// <param name="usual">Writes the usual help.</param>
/// <param name="examples">Command lines by the words of the command, <c>ashlar</c> the first.</param>
sealed class ExampleHelp(HelpAction usual, IReadOnlyDictionary<string, string[]> examples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples[CommandLine.PathOf(parseResult.CommandResult)])
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 differs, 130 interrupted. ASHLAR_DEBUG=1 shows where an error came from.");
        return code;
    }
}
