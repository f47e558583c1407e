using System.CommandLine;

namespace Ashlar.Cli.Programs;

/// <summary>The options with which a run is named.</summary>
sealed class RunFacts
{
    readonly Option<string?> _name = new("--name") { Description = "The run's name. Default: that of the program or dataset.", HelpName = "NAME" };
    readonly Option<string[]> _tags = new("--tag") { Description = "A tag of the run; may be given again.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
    readonly Option<string> _experiment = new("--experiment") { Description = "What the run belongs to.", HelpName = "NAME", DefaultValueFactory = _ => "default" };

    public void AddTo(Command command)
    {
        command.Add(_name);
        command.Add(_tags);
        command.Add(_experiment);
    }

    public string? Name(ParseResult parsed) => parsed.GetValue(_name);

    public string Experiment(ParseResult parsed) => parsed.GetValue(_experiment)!;

    /// <exception cref="UsageException">A tag is not of the form key=value.</exception>
    public SortedDictionary<string, string> Tags(ParseResult parsed)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in parsed.GetRequiredValue(_tags).Select(tag => KeyValue.Parse(parsed.CommandResult.Command.Name, tag)))
        {
            tags[key] = value;
        }

        return tags;
    }
}
