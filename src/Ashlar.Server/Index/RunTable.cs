using System.Globalization;
using System.Text.Json;
using Ashlar.Lab.Queries;
using Microsoft.Data.Sqlite;
using SortKey = Ashlar.Lab.Queries.SortKey;

namespace Ashlar.Server.Index;

/// <summary>Filters and sorts runs.</summary>
/// <remarks>
/// The columns that a filter and the sort keys name are read whole, each one range of an index, and compared by the same code as on the command line,
/// so that both mean the same to the last detail (missing values, NaN, texts that write numbers).
/// </remarks>
/// <param name="session">Reads.</param>
sealed class RunTable(SqlSession session)
{
    /// <summary>Numbers of the runs of a page, and how many runs there are in all.</summary>
    public (List<long> Page, int Total) Find(Filter filter, IReadOnlyList<SortKey> sort, int limit, int offset)
    {
        if (filter is Filter.All && sort is [{ Field.Kind: FieldKind.Start } only])
        {
            int all = (int)(long)session.Scalar("SELECT count(*) FROM runs")!;
            string order = only.IsDescending ? "DESC" : "ASC";
            return (Numbers($"SELECT number FROM runs ORDER BY start {order}, id {order} LIMIT $1 OFFSET $2", limit, offset), all);
        }

        var fields = new HashSet<Field>(sort.Select(key => key.Field));
        Collect(filter, fields);
        long most = session.Scalar("SELECT max(number) FROM runs") as long? ?? 0;
        Field[] named = [.. fields];
        QueryValue[][] columns = [.. named.Select(field => Column(field, most))];

        // Few fields are named: looking through them is quicker than hashing their names for each run.
        QueryValue Value(long run, Field field) => columns[Array.IndexOf(named, field)][run];

        // What the keys leave equal stays newest first.
        List<long> found = [.. Numbers("SELECT number FROM runs ORDER BY start DESC, id DESC").Where(run => filter.Matches(field => Value(run, field)))];
        return ([.. SortKey.Sort(found, sort, Value).Skip(offset).Take(limit)], found.Count);
    }

    static void Collect(Filter filter, HashSet<Field> fields)
    {
        switch (filter)
        {
            case Filter.And and:
                Collect(and.Left, fields);
                Collect(and.Right, fields);
                break;
            case Filter.Or or:
                Collect(or.Left, fields);
                Collect(or.Right, fields);
                break;
            case Filter.Not not:
                Collect(not.Inner, fields);
                break;
            case Filter.Comparison comparison:
                fields.Add(comparison.Field);
                break;
            case Filter.In list:
                fields.Add(list.Field);
                break;
        }
    }

    List<long> Numbers(string text, params ReadOnlySpan<object?> values)
    {
        using SqliteDataReader rows = session.Read(text, values);
        var numbers = new List<long>();
        while (rows.Read())
        {
            numbers.Add(rows.GetInt64(0));
        }

        return numbers;
    }

    // By number of the run, missing where it has none.
    QueryValue[] Column(Field field, long most)
    {
        using SqliteDataReader rows = field.Kind switch
        {
            FieldKind.Metric => session.Read("SELECT s.run, s.last FROM series s WHERE s.name = (SELECT number FROM names WHERE name = $1)", field.Name),
            FieldKind.MetricMinimum => session.Read("SELECT s.run, s.min FROM series s WHERE s.name = (SELECT number FROM names WHERE name = $1)", field.Name),
            FieldKind.MetricMaximum => session.Read("SELECT s.run, s.max FROM series s WHERE s.name = (SELECT number FROM names WHERE name = $1)", field.Name),
            FieldKind.Parameter or FieldKind.Tag => session.Read("SELECT run, value FROM cells WHERE kind = $2 AND name = (SELECT number FROM names WHERE name = $1)", field.Name, field.Kind == FieldKind.Tag ? RunRows.Tag : RunRows.Parameter),
            _ => session.Read($"SELECT number, \"{field.Kind.ToString().ToLowerInvariant()}\" FROM runs"),
        };
        var column = new QueryValue[most + 1];
        Array.Fill(column, QueryValue.None);
        while (rows.Read())
        {
            if (!rows.IsDBNull(1))
            {
                column[rows.GetInt64(0)] = field.Kind switch
                {
                    FieldKind.Metric or FieldKind.MetricMinimum or FieldKind.MetricMaximum => new QueryValue.Number(rows.Real(1)),
                    FieldKind.Parameter => OfJson(rows.GetString(1)),
                    FieldKind.Start or FieldKind.End => new QueryValue.Time(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1))),
                    _ => QueryValue.From(rows.GetString(1)),
                };
            }
        }

        return column;
    }

    static QueryValue OfJson(string json)
    {
        // Most parameters are plain numbers, for which no document need be made.
        if (double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return new QueryValue.Number(number);
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return QueryValue.From(document.RootElement);
    }
}
