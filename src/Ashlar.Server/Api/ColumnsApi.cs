using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Api;

/// <summary>The names that columns, filters and groups may have: of parameters, metrics and tags over all runs.</summary>
/// <param name="index">Knows the runs.</param>
sealed class ColumnsApi(RunIndex index)
{
    // More than a person chooses from by looking; typing finds the rest in the runs themselves.
    const int Most = 20_000;

    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/columns", List);

    Task List(HttpContext context)
    {
        index.Refresh();

        // One look into an index for each name that was ever seen, not one for each run.
        (List<string> parameters, List<string> metrics, List<string> tags) = index.Read(session => (
            Names(session, "SELECT name FROM names n WHERE EXISTS(SELECT 1 FROM cells WHERE kind = $2 AND name = n.number) ORDER BY name LIMIT $1", RunRows.Parameter),
            Names(session, "SELECT name FROM names n WHERE EXISTS(SELECT 1 FROM series WHERE name = n.number) ORDER BY name LIMIT $1"),
            Names(session, "SELECT name FROM names n WHERE EXISTS(SELECT 1 FROM cells WHERE kind = $2 AND name = n.number) ORDER BY name LIMIT $1", RunRows.Tag)));
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            foreach ((string kind, List<string> names) in new[] { ("params", parameters), ("metrics", metrics), ("tags", tags) })
            {
                json.WriteStartArray(kind);
                names.ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    static List<string> Names(SqlSession session, string text, int? kind = null)
    {
        using SqliteDataReader rows = kind is int number ? session.Read(text, Most, number) : session.Read(text, Most);
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
