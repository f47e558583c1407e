using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>Runs side by side: configuration, code, data, environment, metrics.</summary>
/// <param name="index">Knows the runs.</param>
sealed class CompareApi(RunIndex index)
{
    const int MostRuns = 1000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/compare", Compare);

    Task Compare(HttpContext context)
    {
        string[] ids = Reply.List(Ask.Needed(context, "runs"));
        if (ids.Length is 0 or > MostRuns)
        {
            throw ApiException.Wrong($"/api/compare: {ids.Length} runs are asked for. Ask for 1 to {MostRuns}.");
        }

        RunRow[] runs = [.. ids.Select(id => RunsApi.Run(index, id))];
        ComparedSection[] sections = [.. Sections(runs)];
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (RunRow run in runs)
            {
                json.WriteRawValue($"{{{run.Facts},\"metrics\":{run.Metrics}}}", skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteStartArray("sections");
            foreach (ComparedSection section in sections)
            {
                section.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    IEnumerable<ComparedSection> Sections(RunRow[] runs)
    {
        RunRecord?[] records = [.. runs.Select(run => run.Place.IsForeign ? null : new RunRecord(run.Place.Folder))];
        var configuration = new ComparedSection("configuration", runs.Length);
        var code = new ComparedSection("code", runs.Length);
        var data = new ComparedSection("data", runs.Length);
        var environment = new ComparedSection("environment", runs.Length);
        var metrics = new ComparedSection("metrics", runs.Length);
        for (int i = 0; i < runs.Length; i++)
        {
            using (JsonDocument row = JsonDocument.Parse($"{{{runs[i].Facts}}}"))
            {
                configuration.AddMembers(i, row.RootElement.GetProperty("params"));
            }

            long number = runs[i].Number;
            foreach (SeriesRow series in index.Read(session => SeriesRow.All(session, number)))
            {
                metrics.Add(i, series.Name, series.Last);
            }

            if (records[i] is { } record)
            {
                Code(code, i, record.Code);
                Data(data, i, record.Data);
                environment.AddFile(i, record.Files.HostPath);
            }
        }

        return [configuration, code, data, environment, metrics];
    }

    static void Code(ComparedSection section, int run, CodeRecord code)
    {
        if (code.Git is { } git)
        {
            section.Add(run, "git commit", git.Commit);
            section.Add(run, "git patch", git.Patch);
        }

        foreach (CodeFile file in code.Files)
        {
            section.Add(run, file.Path, file.Sha256);
        }
    }

    static void Data(ComparedSection section, int run, DataRecord data)
    {
        foreach (DataFile file in data.Files)
        {
            section.Add(run, file.Name, file.Sha256);
        }

        foreach (DataSplit split in data.Splits)
        {
            section.Add(run, $"split {split.Name}", split.Sha256);
        }
    }
}
