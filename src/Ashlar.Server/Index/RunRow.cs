using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>A run as the index has it.</summary>
/// <param name="Number">In the index.</param>
/// <param name="Place">Its id and folder.</param>
/// <param name="State">See <see cref="RunFacts.State"/>.</param>
/// <param name="Facts">The ready JSON of the table's row without braces and metrics.</param>
/// <param name="Metrics">The ready JSON of the metrics.</param>
/// <param name="Damage">What cannot be read, or null.</param>
sealed record RunRow(long Number, RunPlace Place, string State, string Facts, string Metrics, string? Damage)
{
    const string Columns = "r.number, id, folder, state, facts, metrics, damage, \"foreign\"";

    /// <summary>The run of an id, or null.</summary>
    public static RunRow? Find(SqlSession session, string id) => One(session, $"SELECT {Columns} FROM runs r JOIN rows USING (number) WHERE id = $1", id);

    /// <summary>The run of a number, or null.</summary>
    public static RunRow? Find(SqlSession session, long number) => One(session, $"SELECT {Columns} FROM runs r JOIN rows USING (number) WHERE r.number = $1", number);

    static RunRow? One(SqlSession session, string text, object key)
    {
        using SqliteDataReader row = session.Read(text, key);
        return row.Read()
            ? new RunRow(row.GetInt64(0), new RunPlace(row.GetString(1), row.GetString(2), row.GetBoolean(7)), row.GetString(3), row.GetString(4), row.GetString(5), row.TextOrNull(6))
            : null;
    }
}
