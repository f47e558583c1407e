using System.CommandLine;
using Ashlar.Lab;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs tag</c></summary>
sealed class RunsTagCommand
{
    public static readonly string[] Examples = ["ashlar runs tag @last stage=final paper=table-2", "ashlar runs tag 20261122-0930 --remove stage", "ashlar runs tag @last --name 'Digits, wide'"];

    readonly Argument<string> _run = RunArguments.One();
    readonly Argument<string[]> _tags = new("KEY=VALUE") { Description = "Tags to set.", Arity = ArgumentArity.ZeroOrMore };
    readonly Option<string[]> _remove = new("--remove") { Description = "A tag to take away; may be given again.", HelpName = "KEY", DefaultValueFactory = _ => [] };
    readonly Option<string?> _name = new("--name") { Description = "Another name for the run.", HelpName = "NAME" };

    public Command Build()
    {
        var command = new Command("tag", "Sets and removes tags of a run, or renames it.") { _run, _tags, _remove, _name };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        (string Key, string Value)[] tags = [.. parsed.GetRequiredValue(_tags).Select(tag => KeyValue.Parse("runs tag", tag))];
        string[] removed = parsed.GetRequiredValue(_remove);
        string? name = parsed.GetValue(_name);
        if (tags.Length + removed.Length == 0 && name is null)
        {
            throw new UsageException("runs tag: nothing to change. Give key=value, --remove KEY or --name NAME.");
        }

        RunRecord run = LabFolder.Find().Find(parsed.GetRequiredValue(_run));
        Array.ForEach(tags, tag => run.SetTag(tag.Key, tag.Value));
        Array.ForEach(removed, run.RemoveTag);
        if (name is not null)
        {
            run.Rename(name);
        }

        Console.Out.WriteLine($"{run.Id}  {run.Name}  {string.Join(", ", run.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}".TrimEnd());
        return ExitCode.Success;
    }
}
