using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Ashlar.Cli;

/// <summary>The tool <c>ashlar</c>: from arguments to an exit code. Every error is one line on the standard error stream.</summary>
static class CommandLine
{
    public static int Run(string[] args)
    {
        RootCommand root = Build();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction and not ExampleHelp)
        {
            Say($"{FirstFault(root, parsed)} See '{PathOf(parsed.CommandResult)} --help'.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            Say(Environment.GetEnvironmentVariable("ASHLAR_DEBUG") == "1" ? e.ToString() : e.Message);
            return e is UsageException ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    static RootCommand Build()
    {
        var root = new RootCommand("Machine learning in pure C#. The same command gives the same bits on every machine.")
        {
            new TrainCommand().Build(),
            new PredictCommand().Build(),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!, new Dictionary<string, string[]>
        {
            ["train"] = TrainCommand.Examples,
            ["predict"] = PredictCommand.Examples,
            [root.Name] = [TrainCommand.Examples[0], PredictCommand.Examples[0]],
        });
        return root;
    }

    // One fault brings others after it: a wrong command its arguments, a wrong option its value.
    static string FirstFault(RootCommand root, ParseResult parsed)
    {
        string path = PathOf(parsed.CommandResult);
        string[] commands = [.. root.Subcommands.Select(command => command.Name)];
        return parsed.CommandResult.Command == root && parsed.Tokens.Count == 0 ? $"{path}: no command is given. Say {string.Join(" or ", commands)}."
            : parsed.CommandResult.Command == root && !parsed.Tokens[0].Value.StartsWith('-') ? $"{path}: no command is named '{parsed.Tokens[0].Value}'. Did you mean {Nearest.To(parsed.Tokens[0].Value, commands)}?"
            : $"{path}: {parsed.Errors[parsed.CommandResult.Command == root ? ^1 : 0].Message.TrimEnd('.')}.";
    }

    static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "ashlar";

    static void Say(string message) => Console.Error.WriteLine($"error: {message}");
}
