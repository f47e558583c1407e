using System.Text.Json.Nodes;

namespace Ashlar.Lab.Bundles;

/// <summary><c>ro-crate-metadata.json</c>, RO-Crate 1.1: what the bundle is, its files, and the runs as actions that made them.</summary>
static class RoCrate
{
    public static string Of(BundleStory story, IReadOnlyList<BundleFile> files)
    {
        var graph = new JsonArray
        {
            new JsonObject
            {
                ["@id"] = "ro-crate-metadata.json",
                ["@type"] = "CreativeWork",
                ["conformsTo"] = MetadataJson.Reference("https://w3id.org/ro/crate/1.1"),
                ["about"] = MetadataJson.Reference("./"),
            },
            Root(story, files),
        };
        foreach ((int number, string author) in story.Options.Authors.Index())
        {
            graph.Add((JsonNode)new JsonObject { ["@id"] = $"#author-{number + 1}", ["@type"] = "Person", ["name"] = author });
        }

        foreach (RunRecord run in story.Runs)
        {
            graph.Add((JsonNode)Action(run, files));
        }

        foreach (BundleFile file in files)
        {
            graph.Add((JsonNode)new JsonObject
            {
                ["@id"] = file.Path,
                ["@type"] = "File",
                ["name"] = Path.GetFileName(file.Path),
                ["contentSize"] = file.Size,
                ["encodingFormat"] = MediaType.Of(file.Path),
                ["sha256"] = file.Sha256,
            });
        }

        return MetadataJson.Text(new JsonObject { ["@context"] = "https://w3id.org/ro/crate/1.1/context", ["@graph"] = graph });
    }

    static JsonObject Root(BundleStory story, IReadOnlyList<BundleFile> files)
    {
        var root = new JsonObject
        {
            ["@id"] = "./",
            ["@type"] = "Dataset",
            ["name"] = story.Title,
            ["description"] = $"Sources, settings, data, models and results of {story.Runs.Count} recorded runs, with which they can be repeated bit by bit.",
            ["datePublished"] = story.Day,
            ["hasPart"] = MetadataJson.Array(files.Select(file => MetadataJson.Reference(file.Path))),
            ["mentions"] = MetadataJson.Array(story.Runs.Select(run => MetadataJson.Reference($"#run-{run.Id}"))),
        };
        if (story.Options.License is { } license)
        {
            root["license"] = license;
        }

        if (story.Options.Authors.Count > 0)
        {
            root["author"] = MetadataJson.Array(story.Options.Authors.Select((_, i) => MetadataJson.Reference($"#author-{i + 1}")));
        }

        return root;
    }

    static JsonObject Action(RunRecord run, IReadOnlyList<BundleFile> files) => new()
    {
        ["@id"] = $"#run-{run.Id}",
        ["@type"] = "CreateAction",
        ["name"] = run.Name,
        ["startTime"] = LabTime.Text(run.Start),
        ["endTime"] = LabTime.Text(run.End ?? run.Start),
        ["result"] = MetadataJson.Array(files.Where(file => file.Path.StartsWith($"models/{run.Id}/", StringComparison.Ordinal) || file.Path.StartsWith($"artifacts/{run.Id}/", StringComparison.Ordinal)).Select(file => MetadataJson.Reference(file.Path))),
    };
}
