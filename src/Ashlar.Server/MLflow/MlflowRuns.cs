using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Api;
using Ashlar.Server.Index;

namespace Ashlar.Server.MLflow;

/// <summary>The routes below <c>runs/</c> that make, show and change runs, and the history of metrics.</summary>
/// <param name="book">Makes and changes runs.</param>
/// <param name="experiments">Knows the experiments.</param>
/// <param name="index">Knows the points.</param>
/// <param name="bin">Takes deleted runs.</param>
/// <param name="logs">Holds the open event files.</param>
sealed class MlflowRuns(RunBook book, ExperimentBook experiments, RunIndex index, RunBin bin, MetricLogs logs)
{
    const int MostRuns = 50_000;
    const int UsualRuns = 1000;
    const int MostPoints = 25_000;

    /// <summary>Adds the routes.</summary>
    public void Map(MlflowRoutes routes)
    {
        routes.Post("runs/create", Create);
        routes.Get("runs/get", (request, json) => Write(json, book.Whole(request.RunId)));
        routes.Post("runs/update", Update);
        routes.Post("runs/delete", Delete);
        routes.Post("runs/restore", Restore);
        routes.Post("runs/search", Search);
        routes.Post("runs/set-tag", SetTag);
        routes.Post("runs/delete-tag", DeleteTag);
        routes.Post("runs/log-parameter", LogParameter);
        routes.Post("runs/log-model", LogModel);
        routes.Get("metrics/get-history", History);
    }

    void Create(MlflowRequest request, Utf8JsonWriter json)
    {
        Experiment experiment = experiments.Find(request.Text("experiment_id") is { Length: > 0 } id ? id : "0");
        if (experiment.IsDeleted)
        {
            throw MlflowException.State($"The experiment {experiment.Id} must be in the 'active' state. Current state is deleted.");
        }

        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in request.Pairs("tags"))
        {
            CheckTag(key, value);
            tags[key] = value;
        }

        if (request.Text("user_id") is { Length: > 0 } user)
        {
            tags.TryAdd("mlflow.user", user);
        }

        Write(json, book.Create(experiment.Name, request.Text("run_name"), request.Whole("start_time"), tags));
    }

    void Update(MlflowRequest request, Utf8JsonWriter json)
    {
        RunState? state = request.Text("status") is { Length: > 0 } status
            ? MlflowRun.StateOf(status) ?? throw MlflowException.Invalid($"Invalid value '{status}' for parameter 'status' supplied. Say RUNNING, SCHEDULED, FINISHED, FAILED or KILLED.")
            : null;
        MlflowRun run = book.Update(request.RunId, state, request.Whole("end_time"), request.Text("run_name"));
        if (state is not (null or RunState.Running))
        {
            logs.Close(new RunFolder(index.Find(run.Id)!.Place.Folder).EventsPath);
        }

        json.WritePropertyName("run_info");
        run.WriteInfo(json, IdOf(run));
    }

    void Delete(MlflowRequest request, Utf8JsonWriter json)
    {
        RunRow run = book.Active(request.RunId);
        logs.Close(new RunFolder(run.Place.Folder).EventsPath);
        bin.Throw(run);
    }

    void Restore(MlflowRequest request, Utf8JsonWriter json)
    {
        string id = request.RunId;
        if (!bin.Restore(id))
        {
            throw index.Find(id) is not null ? MlflowException.Invalid($"The run {id} must be in the 'deleted' state. Current state is active.") : MlflowException.Missing($"Run with id={id} not found");
        }
    }

    void Search(MlflowRequest request, Utf8JsonWriter json)
    {
        int limit = request.Whole("max_results", UsualRuns, 0, MostRuns), offset = PageToken.Read(request.Text("page_token"));
        Filter filter = MlflowFilter.Parse(request.Text("filter") ?? "");
        if (request.Texts("experiment_ids") is { Count: > 0 } ids)
        {
            Dictionary<string, Experiment> known = experiments.All().ToDictionary(experiment => experiment.Id);
            QueryValue[] names = [.. ids.Where(known.ContainsKey).Select(id => new QueryValue.Text(known[id].Name))];
            Filter within = names.Length > 0 ? new Filter.In(new Field(FieldKind.Experiment), names) : new Filter.Not(Filter.Everything);
            filter = filter is Filter.All ? within : new Filter.And(within, filter);
        }

        bool? view = request.Text("run_view_type") switch
        {
            "DELETED_ONLY" or "2" => true,
            "ALL" or "3" => null,
            _ => false,
        };
        (List<MlflowRun> runs, int total) = book.Search(filter, MlflowFilter.ParseOrder(request.Texts("order_by")), view, limit, offset);
        Dictionary<string, string> idOf = experiments.All().ToDictionary(experiment => experiment.Name, experiment => experiment.Id);
        json.WriteStartArray("runs");
        foreach (MlflowRun run in runs)
        {
            run.Write(json, idOf.GetValueOrDefault(run.Experiment, "0"));
        }

        json.WriteEndArray();
        PageToken.Write(json, (long)offset + limit, total);
    }

    void SetTag(MlflowRequest request, Utf8JsonWriter json)
    {
        string key = request.Needed("key"), value = request.Text("value") ?? "";
        CheckTag(key, value);
        book.Tag(request.RunId, tags => tags[key] = value);
    }

    void DeleteTag(MlflowRequest request, Utf8JsonWriter json)
    {
        string id = request.RunId, key = request.Needed("key");
        book.Tag(id, tags =>
        {
            if (!tags.Remove(key))
            {
                throw MlflowException.Missing($"No tag with name: {key} in run with id {id}");
            }
        });
    }

    void LogParameter(MlflowRequest request, Utf8JsonWriter json)
    {
        string key = request.Needed("key"), value = request.Text("value") ?? "";
        CheckParameter(key, value);
        book.AddParameters(request.RunId, [new(key, value)]);
    }

    // MLflow itself keeps the descriptions of a run's models as a list in this tag.
    void LogModel(MlflowRequest request, Utf8JsonWriter json)
    {
        const string Models = "mlflow.log-model.history";
        using JsonDocument model = JsonDocument.Parse(request.Needed("model_json"));
        string text = model.RootElement.GetRawText();
        book.Tag(request.RunId, tags => tags[Models] = tags.TryGetValue(Models, out string? before) && before.EndsWith(']') && before.Length > 2 ? $"{before[..^1]}, {text}]" : $"[{text}]");
    }

    void History(MlflowRequest request, Utf8JsonWriter json)
    {
        string id = request.RunId, key = request.Needed("metric_key");
        int limit = request.Whole("max_results", int.MaxValue, 1, int.MaxValue), offset = PageToken.Read(request.Text("page_token"));
        RunRow run = index.Find(id) ?? throw MlflowException.Missing($"Run with id={id} not found");
        index.Follow(run);
        (List<Point> points, long total) = index.Read(session =>
        {
            if (SeriesRow.Find(session, run.Number, key) is not { Points: > 0 } series)
            {
                return ([], 0L);
            }

            int most = limit == int.MaxValue && offset == 0 ? int.MaxValue : Math.Min(limit, MostPoints);
            return (new SeriesReader(session).Page(series.Number, offset, most), series.Points);
        });
        json.WriteStartArray("metrics");
        foreach (Point point in points)
        {
            MlflowRun.WriteMetric(json, key, point);
        }

        json.WriteEndArray();
        PageToken.Write(json, (long)offset + points.Count, (int)Math.Min(total, int.MaxValue));
    }

    public static void CheckTag(string key, string value)
    {
        EntityNames.Check("tag", key);
        EntityNames.CheckLength("tag value", value, EntityNames.LongestTag);
    }

    public static void CheckParameter(string key, string value)
    {
        EntityNames.Check("param", key);
        EntityNames.CheckLength("param value", value, EntityNames.LongestParameter);
    }

    void Write(Utf8JsonWriter json, MlflowRun run)
    {
        json.WritePropertyName("run");
        run.Write(json, IdOf(run));
    }

    string IdOf(MlflowRun run) => experiments.Named(run.Experiment)?.Id ?? "0";
}
