using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Ashlar.Cli.Bundles;
using Ashlar.Cli.Onnx;
using Ashlar.Cli.Programs;
using Ashlar.Cli.Runs;
using Ashlar.Cli.Sweeps;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli;

/// <summary>The tool <c>ashlar</c>: from arguments to an exit code. Every error is one line on the standard error stream.</summary>
static class CommandLine
{
    const string Name = "ashlar";

    public static int Run(string[] args)
    {
        RootCommand root = Build();

        // A word that begins with @ names a run here, not a file of arguments.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction and not ExampleHelp)
        {
            Say($"{FirstFault(parsed)} See '{PathOf(parsed.CommandResult)} --help'.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            Say(Environment.GetEnvironmentVariable("ASHLAR_DEBUG") == "1" ? e.ToString() : e.Message);
            return e is UsageException or QueryException ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    static RootCommand Build()
    {
        (Command Command, IReadOnlyDictionary<string, string[]> Examples)[] commands =
        [
            (new TrainCommand().Build(), Only("train", TrainCommand.Examples)),
            (new PredictCommand().Build(), Only("predict", PredictCommand.Examples)),
            (new RunCommand().Build(), Only("run", RunCommand.Examples)),
            (RunsCommand.Build(), RunsCommand.Examples),
            (new ReproduceCommand().Build(), Only("reproduce", ReproduceCommand.Examples)),
            (new SweepCommand().Build(), Only("sweep", SweepCommand.Examples)),
            (OnnxCommand.Build(), OnnxCommand.Examples),
            (new PackCommand().Build(), Only("pack", PackCommand.Examples)),
            (new VerifyCommand().Build(), Only("verify", VerifyCommand.Examples)),
            (new StudioCommand().Build(), Only("studio", StudioCommand.Examples)),
            (new DoctorCommand().Build(), Only("doctor", DoctorCommand.Examples)),
        ];
        var root = new RootCommand("Machine learning in pure C#. The same command gives the same bits on every machine.");
        var examples = new Dictionary<string, string[]> { [Name] = [.. commands.Select(entry => entry.Examples[entry.Command.Name][0])] };
        foreach ((Command command, IReadOnlyDictionary<string, string[]> ofCommand) in commands)
        {
            root.Add(command);
            foreach ((string path, string[] lines) in ofCommand)
            {
                examples[$"{Name} {path}"] = lines;
            }
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!, examples);
        return root;
    }

    static Dictionary<string, string[]> Only(string command, string[] examples) => new() { [command] = examples };

    // One fault brings others after it: a wrong command its arguments, a wrong option its value.
    static string FirstFault(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        if (command.Subcommands.Count == 0)
        {
            return $"{path}: {parsed.Errors[0].Message.TrimEnd('.')}.";
        }

        string[] commands = [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        return parsed.UnmatchedTokens is not [var token, ..] ? $"{path}: no command is given. Say {string.Join(", ", commands[..^1])} or {commands[^1]}."
            : token.StartsWith('-') ? $"{path}: {parsed.Errors[^1].Message.TrimEnd('.')}."
            : $"{path}: no command is named '{token}'. Did you mean {NearestName.To(token, commands)}?";
    }

    /// <summary>The words of a command, <c>ashlar</c> the first.</summary>
    public static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : Name;

    static void Say(string message) => Console.Error.WriteLine($"error: {message}");
}
