using Ashlar.Lab.Queries;
using Ashlar.Server.Index;

namespace Ashlar.Server;

/// <summary>Finds runs through the index that the studio keeps, which is brought up to date first: for folders with so many runs that reading all their files takes a while.</summary>
public sealed class RunCatalog : IDisposable
{
    readonly RunIndex _index;

    /// <param name="folder">The folder that holds <c>runs</c>, as a rule <c>.ashlar</c>.</param>
    /// <exception cref="IOException">The index can be kept nowhere.</exception>
    public RunCatalog(string folder) => _index = new RunIndex(folder, _ => { }, TimeProvider.System);

    /// <summary>Whether there is an index already; making one reads every file of every run.</summary>
    /// <param name="folder">As in the constructor.</param>
    public static bool IsMade(string folder) => File.Exists(Path.Combine(folder, "index.db"));

    /// <summary>Ids of runs that meet a filter, in order, and how many there are in all.</summary>
    /// <param name="filter">The condition.</param>
    /// <param name="sort">The first key decides first.</param>
    /// <param name="limit">At most so many ids.</param>
    public (IReadOnlyList<string> Ids, int Total) Find(Filter filter, IReadOnlyList<SortKey> sort, int limit)
    {
        (List<RunRow> runs, int total) = _index.Find(filter, sort, limit, offset: 0);
        return (runs.ConvertAll(run => run.Place.Id), total);
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
