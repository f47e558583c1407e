using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Api;
using Ashlar.Server.Index;
using SortKey = Ashlar.Lab.Queries.SortKey;

namespace Ashlar.Server.MLflow;

/// <summary>The routes below <c>experiments/</c>.</summary>
/// <param name="book">Knows the experiments.</param>
/// <param name="index">Knows the runs.</param>
/// <param name="bin">Takes the runs of deleted experiments.</param>
sealed class MlflowExperiments(ExperimentBook book, RunIndex index, RunBin bin)
{
    const int MostAtOnce = 50_000;

    /// <summary>Adds the routes.</summary>
    public void Map(MlflowRoutes routes)
    {
        routes.Post("experiments/create", Create);
        routes.Get("experiments/get", (request, json) => Write(json, "experiment", book.Find(request.Needed("experiment_id"))));
        routes.Get("experiments/get-by-name", Named);
        routes.Post("experiments/search", Search);
        routes.Get("experiments/search", Search);
        routes.Get("experiments/list", Search);
        routes.Post("experiments/update", Rename);
        routes.Post("experiments/delete", Delete);
        routes.Post("experiments/restore", Restore);
        routes.Post("experiments/set-experiment-tag", SetTag);
        routes.Post("experiments/delete-experiment-tag", DeleteTag);
    }

    void Create(MlflowRequest request, Utf8JsonWriter json)
    {
        var tags = new Dictionary<string, string>();
        foreach ((string key, string value) in request.Pairs("tags"))
        {
            EntityNames.Check("tag", key);
            tags[key] = value;
        }

        json.WriteString("experiment_id", book.Create(request.Needed("name"), tags).Id);
    }

    void Named(MlflowRequest request, Utf8JsonWriter json)
    {
        string name = request.Needed("experiment_name");
        Write(json, "experiment", book.Named(name) ?? throw MlflowException.Missing($"Could not find experiment with name '{name}'"));
    }

    void Search(MlflowRequest request, Utf8JsonWriter json)
    {
        string view = request.Text("view_type") ?? "ACTIVE_ONLY";
        int most = request.Whole("max_results", MostAtOnce, 1, MostAtOnce), from = PageToken.Read(request.Text("page_token"));
        List<Experiment> all = [.. book.All().Where(experiment => view is "ALL" or "3" || experiment.IsDeleted == view is "DELETED_ONLY" or "2").Where(NameFilter.Parse(request.Text("filter") ?? ""))];

        // The newest first, as MLflow has it.
        all = [.. all.OrderByDescending(experiment => experiment.Created).ThenByDescending(experiment => long.Parse(experiment.Id, CultureInfo.InvariantCulture))];
        json.WriteStartArray("experiments");
        foreach (Experiment experiment in all.Skip(from).Take(most))
        {
            Write(json, null, experiment);
        }

        json.WriteEndArray();
        PageToken.Write(json, from + most, all.Count);
    }

    void Rename(MlflowRequest request, Utf8JsonWriter json)
    {
        string id = request.Needed("experiment_id");
        if (request.Text("new_name") is { Length: > 0 } name)
        {
            Experiment before = book.Find(id);
            RunRow[] runs = [.. Runs(before)];
            Experiment after = book.Change(id, experiment => experiment with { Name = name });
            foreach (RunRow run in runs)
            {
                new RunFolder(run.Place.Folder).Update(file => file with { Experiment = after.Name });
                index.Renew(run.Place.Id);
            }
        }
    }

    void Delete(MlflowRequest request, Utf8JsonWriter json)
    {
        Experiment experiment = book.Find(request.Needed("experiment_id"));
        if (experiment.IsDeleted)
        {
            throw MlflowException.State($"Cannot delete an already deleted experiment. id={experiment.Id}");
        }

        RunRow[] runs = [.. Runs(experiment)];
        book.Change(experiment.Id, before => before with { IsDeleted = true, DeletedRuns = [.. runs.Select(run => run.Place.Id)] });
        foreach (RunRow run in runs)
        {
            bin.Throw(run);
        }
    }

    void Restore(MlflowRequest request, Utf8JsonWriter json)
    {
        Experiment experiment = book.Find(request.Needed("experiment_id"));
        if (!experiment.IsDeleted)
        {
            throw MlflowException.State($"Cannot restore an active experiment. id={experiment.Id}");
        }

        foreach (string run in experiment.DeletedRuns)
        {
            bin.Restore(run);
        }

        book.Change(experiment.Id, before => before with { IsDeleted = false, DeletedRuns = [] });
    }

    void SetTag(MlflowRequest request, Utf8JsonWriter json)
    {
        string key = request.Needed("key");
        EntityNames.Check("tag", key);
        book.Change(request.Needed("experiment_id"), before => before with { Tags = new Dictionary<string, string>(before.Tags) { [key] = request.Text("value") ?? "" } });
    }

    void DeleteTag(MlflowRequest request, Utf8JsonWriter json)
    {
        string key = request.Needed("key");
        book.Change(request.Needed("experiment_id"), before => before with { Tags = before.Tags.Where(tag => tag.Key != key).ToDictionary() });
    }

    List<RunRow> Runs(Experiment experiment) =>
        index.Find(new Filter.Comparison(new Field(FieldKind.Experiment), Comparator.Equal, new QueryValue.Text(experiment.Name)), [SortKey.Newest], int.MaxValue, 0).Runs;

    static void Write(Utf8JsonWriter json, string? name, Experiment experiment)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        json.WriteString("experiment_id", experiment.Id);
        json.WriteString("name", ExperimentBook.ForClients(experiment.Name));
        json.WriteString("artifact_location", $"mlflow-artifacts:/{experiment.Id}");
        json.WriteString("lifecycle_stage", experiment.IsDeleted ? "deleted" : "active");
        json.WriteNumber("creation_time", experiment.Created);
        json.WriteNumber("last_update_time", experiment.Updated);
        MlflowRun.WritePairs(json, "tags", experiment.Tags);
        json.WriteEndObject();
    }
}
