using System.CommandLine;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server;

namespace Ashlar.Cli.Runs;

/// <summary>The options with which commands choose runs.</summary>
sealed class RunQuery
{
    // From so many on the index, once the studio has made it, is quicker than reading every run's files; making it is not.
    const int ManyRuns = 1000;

    readonly Option<string> _where = new("--where") { Description = "Only runs that meet a condition, such as 'metrics.accuracy > 0.9 and params.lr < 1e-2'.", HelpName = "FILTER", DefaultValueFactory = _ => "" };
    readonly Option<string> _sort = new("--sort") { Description = "Fields between commas, '-' before those that fall, such as -metrics.accuracy,start. Default: -start.", HelpName = "FIELDS", DefaultValueFactory = _ => "" };

    public void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_sort);
    }

    /// <summary>Runs in their order, and how many there are in all.</summary>
    /// <param name="lab">Where.</param>
    /// <param name="parsed">The command.</param>
    /// <param name="limit">At most so many; 0 for all.</param>
    public (RunRecord[] Runs, int Total) Find(LabFolder lab, ParseResult parsed, int limit)
    {
        var filter = Filter.Parse(parsed.GetValue(_where)!);
        IReadOnlyList<SortKey> keys = SortKey.Parse(parsed.GetValue(_sort)!);
        bool isPlain = filter is Filter.All && keys is [var only] && only == SortKey.Newest;
        RunRecord[] runs = [.. lab.Runs()];
        if (isPlain || runs.Length < ManyRuns || !RunCatalog.IsMade(lab.Path))
        {
            runs = isPlain ? runs : [.. Select(runs, filter, keys)];
            return (limit == 0 ? runs : [.. runs.Take(limit)], runs.Length);
        }

        using var catalog = new RunCatalog(lab.Path);
        (IReadOnlyList<string> ids, int total) = catalog.Find(filter, keys, limit == 0 ? int.MaxValue : limit);
        return ([.. ids.Select(id => new RunRecord(lab.PathOf(id)))], total);
    }

    static IEnumerable<RunRecord> Select(IEnumerable<RunRecord> runs, Filter filter, IReadOnlyList<SortKey> keys)
    {
        runs = filter is Filter.All ? runs : runs.Where(run => filter.Matches(field => RunValues.Of(run, field)));

        // Folders come newest first already.
        return keys is [var only] && only == SortKey.Newest ? runs : SortKey.Sort(runs, keys, RunValues.Of);
    }
}
