using Ashlar.Lab.Events;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>An image, histogram, text or such of a run: where it stands.</summary>
/// <param name="Number">In the index.</param>
/// <param name="Tag">Its name.</param>
/// <param name="Step">Its step.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Path">Of the event file, from the run's folder.</param>
/// <param name="Position">Of its record in the file.</param>
readonly record struct ItemRow(long Number, string Tag, long Step, double Time, string Path, long Position)
{
    /// <summary>The items of a run of one kind by tag and step.</summary>
    /// <param name="session">Reads.</param>
    /// <param name="run">Its number.</param>
    /// <param name="kind">Which.</param>
    /// <param name="tag">Only of this tag; null for all.</param>
    public static List<ItemRow> All(SqlSession session, long run, ItemKind kind, string? tag)
    {
        using SqliteDataReader rows = session.Read("SELECT number, tag, step, time, path, position FROM items WHERE run = $1 AND kind = $2 AND ($3 IS NULL OR tag = $3) ORDER BY tag, step, number", run, (int)kind, tag);
        var items = new List<ItemRow>();
        while (rows.Read())
        {
            items.Add(Of(rows));
        }

        return items;
    }

    /// <summary>One item of a run, or null.</summary>
    public static ItemRow? Find(SqlSession session, long run, ItemKind kind, long number)
    {
        using SqliteDataReader row = session.Read("SELECT number, tag, step, time, path, position FROM items WHERE number = $1 AND run = $2 AND kind = $3", number, run, (int)kind);
        return row.Read() ? Of(row) : null;
    }

    /// <summary>Reads it from its event file, or null where the file has changed.</summary>
    /// <param name="folder">Of the run.</param>
    public T? Load<T>(string folder)
        where T : LoggedEvent
    {
        string path = System.IO.Path.Combine(folder, Path);
        if (!File.Exists(path))
        {
            return null;
        }

        // A record may hold several values; the first with the tag is it, and the search ends with the record.
        using var reader = new EventFileReader(path, Position);
        while (reader.Position == Position && reader.ReadNext())
        {
            if (reader.Current is T found && found.Tag == Tag && found.Step == Step)
            {
                return found;
            }
        }

        return null;
    }

    static ItemRow Of(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Real(3), row.GetString(4), row.GetInt64(5));
}
