using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ashlar.Lab;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>Writes the rows of runs: facts, cells of parameters and tags, figures of metrics, and the ready JSON of the table.</summary>
/// <param name="session">Writes.</param>
sealed class RunRows(SqlSession session)
{
    /// <summary>Kind of cell: a value of the configuration, as JSON.</summary>
    public const int Parameter = 0;

    /// <summary>Kind of cell: a tag, as it is.</summary>
    public const int Tag = 1;

    /// <summary>The most metrics that a row of the table carries when no columns are asked for: a run may have ten thousand.</summary>
    public const int MostMetricsInRow = 200;

    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts a run in, new or again.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="facts">What its files say.</param>
    /// <param name="stamp">Of the files: when it differs they are read again.</param>
    /// <returns>The run's number.</returns>
    public long Put(RunPlace place, RunFacts facts, string stamp)
    {
        const string Names = "folder = $2, name = $3, experiment = $4, state = $5, start = $6, \"end\" = $7, parent = $8, sweep = $9, weights = $10, stamp = $11, damage = $12, \"foreign\" = $13";
        object?[] values = [facts.Id, place.Folder, facts.Name, facts.Experiment, facts.State, facts.Start, facts.End, facts.Parent, facts.Sweep, facts.Weights, stamp, facts.Damage, place.IsForeign];
        long number;
        if (session.Scalar("SELECT number FROM runs WHERE id = $1", facts.Id) is long known)
        {
            number = known;
            session.Run($"UPDATE runs SET {Names} WHERE id = $1", values);
            session.Run("DELETE FROM cells WHERE run = $1", number);
        }
        else
        {
            number = (long)session.Scalar(
                "INSERT INTO runs(id, folder, name, experiment, state, start, \"end\", parent, sweep, weights, stamp, damage, \"foreign\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING number", values)!;
        }

        session.Run("INSERT INTO rows(number, facts) VALUES ($1, $2) ON CONFLICT(number) DO UPDATE SET facts = $2", number, FactsJson(facts));
        foreach ((string name, JsonElement value) in facts.Params)
        {
            PutCell(Parameter, name, number, value.GetRawText());
        }

        foreach ((string name, string value) in facts.Tags)
        {
            PutCell(Tag, name, number, value);
        }

        foreach ((string name, MetricSummary metric) in facts.Metrics)
        {
            session.Run(
                "INSERT INTO series(name, run, count, last, min, max, step, points) VALUES ($1, $2, $3, $4, $5, $6, $7, 0) ON CONFLICT(run, name) DO UPDATE SET count = $3, last = $4, min = $5, max = $6, step = $7 WHERE points = 0",
                session.NumberOfName(name), number, metric.Count, metric.Last, metric.Min, metric.Max, metric.Step);
        }

        PutMetrics(number);
        return number;
    }

    /// <summary>Renews the ready JSON of a run's metrics.</summary>
    public void PutMetrics(long run)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            using SqliteDataReader rows = session.Read("SELECT n.name, s.last FROM series s JOIN names n ON n.number = s.name WHERE s.run = $1 ORDER BY n.name LIMIT $2", run, MostMetricsInRow);
            while (rows.Read())
            {
                json.WritePropertyName(rows.GetString(0));
                double last = rows.Real(1);
                if (double.IsFinite(last))
                {
                    json.WriteNumberValue(last);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndObject();
        }

        session.Run("UPDATE rows SET metrics = $2 WHERE number = $1", run, Encoding.UTF8.GetString(bytes.ToArray()));
    }

    /// <summary>Takes a run out with all that belongs to it.</summary>
    public void Remove(long run)
    {
        RemovePoints(run);
        session.Run("DELETE FROM cells WHERE run = $1", run);
        session.Run("DELETE FROM rows WHERE number = $1", run);
        session.Run("DELETE FROM runs WHERE number = $1", run);
    }

    /// <summary>Takes out all that came from a run's event files, so that they can be read from their beginning.</summary>
    public void RemovePoints(long run)
    {
        var series = new List<long>();
        using (SqliteDataReader rows = session.Read("SELECT number FROM series WHERE run = $1", run))
        {
            while (rows.Read())
            {
                series.Add(rows.GetInt64(0));
            }
        }

        foreach (long number in series)
        {
            session.Run("DELETE FROM chunks WHERE place >= $1 AND place < $2", ChunkPlace.Of(number, 0, 0), ChunkPlace.Behind(number));
        }

        session.Run("DELETE FROM series WHERE run = $1", run);
        session.Run("DELETE FROM files WHERE run = $1", run);
        session.Run("DELETE FROM items WHERE run = $1", run);
    }

    void PutCell(int kind, string name, long run, string value) =>
        session.Run("INSERT OR REPLACE INTO cells(kind, name, run, value) VALUES ($1, $2, $3, $4)", kind, session.NumberOfName(name), run, value);

    // The members of an object without its braces: the table puts the metrics behind them.
    static string FactsJson(RunFacts facts)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("id", facts.Id);
            json.WriteString("name", facts.Name);
            json.WriteString("experiment", facts.Experiment);
            json.WriteString("state", facts.State);
            json.WriteString("start", Time(facts.Start));
            json.WriteString("end", facts.End is long end ? Time(end) : null);
            json.WriteStartObject("tags");
            foreach ((string name, string value) in facts.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartObject("params");
            foreach ((string name, JsonElement value) in facts.Params.OrderBy(value => value.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteString("sweep", facts.Sweep);
            json.WriteString("parent", facts.Parent);
            if (facts.Damage is not null)
            {
                json.WriteString("damage", facts.Damage);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 1, (int)bytes.Length - 2);
    }

    /// <summary>A time as files and answers write it.</summary>
    public static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
