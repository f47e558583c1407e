using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>The figures of a series.</summary>
/// <param name="Number">In the index.</param>
/// <param name="Name">Of the metric.</param>
/// <param name="Count">Points that were logged.</param>
/// <param name="Last">The value logged last.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Step">Of the last value.</param>
/// <param name="Points">Points that are in the index; 0 while only <c>run.json</c> was read.</param>
/// <param name="Time">Of the last value, in seconds since 1970; 0 while only <c>run.json</c> was read.</param>
readonly record struct SeriesRow(long Number, string Name, long Count, double Last, double Min, double Max, long Step, long Points, double Time)
{
    const string Columns = "s.number, n.name, s.count, s.last, s.min, s.max, s.step, s.points, s.time";

    /// <summary>The series of a run's metric, or null.</summary>
    public static SeriesRow? Find(SqlSession session, long run, string metric)
    {
        using SqliteDataReader row = session.Read($"SELECT {Columns} FROM names n JOIN series s ON s.name = n.number WHERE n.name = $2 AND s.run = $1", run, metric);
        return row.Read() ? Of(row) : null;
    }

    /// <summary>A run's series in the order of names.</summary>
    /// <param name="session">Reads.</param>
    /// <param name="run">Its number.</param>
    /// <param name="search">What a name must contain, in any casing; empty for all.</param>
    /// <param name="limit">The most that come.</param>
    /// <param name="offset">How many are passed over.</param>
    public static List<SeriesRow> All(SqlSession session, long run, string search = "", int limit = int.MaxValue, int offset = 0)
    {
        using SqliteDataReader row = session.Read($"SELECT {Columns} FROM series s JOIN names n ON n.number = s.name WHERE s.run = $1 AND ($2 = '' OR instr(lower(n.name), lower($2)) > 0) ORDER BY n.name LIMIT $3 OFFSET $4", run, search, limit, offset);
        var all = new List<SeriesRow>();
        while (row.Read())
        {
            all.Add(Of(row));
        }

        return all;
    }

    static SeriesRow Of(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Real(3), row.Real(4), row.Real(5), row.GetInt64(6), row.GetInt64(7), row.Real(8));
}
