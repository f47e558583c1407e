using System.CommandLine;
using Ashlar.Lab;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary>The options with which commands choose runs.</summary>
sealed class RunQuery
{
    readonly Option<string> _where = new("--where") { Description = "Only runs that meet a condition, such as 'metrics.accuracy > 0.9 and params.lr < 1e-2'.", HelpName = "FILTER", DefaultValueFactory = _ => "" };
    readonly Option<string> _sort = new("--sort") { Description = "Fields between commas, '-' before those that fall, such as -metrics.accuracy,start. Default: -start.", HelpName = "FIELDS", DefaultValueFactory = _ => "" };

    public void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_sort);
    }

    /// <summary>Runs in their order. Without a filter and a sort nothing is read before it is asked for.</summary>
    public IEnumerable<RunRecord> Select(LabFolder lab, ParseResult parsed)
    {
        var filter = Filter.Parse(parsed.GetValue(_where)!);
        IReadOnlyList<SortKey> keys = SortKey.Parse(parsed.GetValue(_sort)!);
        IEnumerable<RunRecord> runs = lab.Runs();
        runs = filter is Filter.All ? runs : runs.Where(run => filter.Matches(field => RunValues.Of(run, field)));

        // Folders come newest first already.
        return keys is [var only] && only == SortKey.Newest ? runs : SortKey.Sort(runs, keys, RunValues.Of);
    }
}
