using System.CommandLine;
using System.CommandLine.Parsing;
using Ashlar.Schedule;

namespace Ashlar.Cli;

/// <summary>The options of every command that computes. None of them changes a result's bits.</summary>
sealed class ExecutionChoice
{
    readonly Option<int?> _threads = NumberOption.Whole("--threads", "Threads that share the work. Default: one for each processor.", 1);
    readonly Option<Executor> _executor = new("--executor")
    {
        Description = "Who carries out the plans: compiled to machine code (default), interpreter over tiles, or reference, which is slow.",
        HelpName = "NAME",
        CustomParser = Parse,
    };

    readonly Option<bool> _noFusion = new("--no-fusion") { Description = "Give every operation a kernel of its own." };

    public void AddTo(Command command)
    {
        command.Add(_threads);
        command.Add(_executor);
        command.Add(_noFusion);
    }

    public IDisposable Use(ParseResult parsed)
    {
        var options = new ExecutionOptions { Executor = parsed.GetValue(_executor), Fusion = !parsed.GetValue(_noFusion) };
        return Execution.Use(parsed.GetValue(_threads) is int threads ? options with { Threads = threads } : options);
    }

    static Executor Parse(ArgumentResult result)
    {
        string name = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        switch (name)
        {
            case "compiled": return Executor.Compiled;
            case "interpreter": return Executor.Interpreter;
            case "reference": return Executor.Reference;
            default:
                result.AddError($"--executor takes compiled, interpreter or reference, and got '{name}'");
                return default;
        }
    }
}
