using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>Reads columns that may be empty or hold what is not a number.</summary>
static class SqlRow
{
    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? WholeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A number as <see cref="SqlSession"/> wrote it: a text is NaN.</summary>
    public static double Real(this SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        double number => number,
        long number => number,
        _ => double.NaN,
    };
}
