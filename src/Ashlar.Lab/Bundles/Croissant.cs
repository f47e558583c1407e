using System.Globalization;
using System.Text.Json.Nodes;

namespace Ashlar.Lab.Bundles;

/// <summary><c>croissant.json</c>, MLCommons Croissant 1.0: the data that the runs read, file by file. What the columns and examples mean is not recorded, so there are no record sets.</summary>
static class Croissant
{
    public static string Of(BundleStory story) => MetadataJson.Text(new JsonObject
    {
        ["@context"] = new JsonObject
        {
            ["@language"] = "en",
            ["@vocab"] = "https://schema.org/",
            ["cr"] = "http://mlcommons.org/croissant/",
            ["sc"] = "https://schema.org/",
            ["dct"] = "http://purl.org/dc/terms/",
            ["conformsTo"] = "dct:conformsTo",
        },
        ["@type"] = "sc:Dataset",
        ["name"] = $"Data of: {story.Title}",
        ["description"] = "The files that the recorded runs read, by their hashes.",
        ["conformsTo"] = "http://mlcommons.org/croissant/1.0",
        ["datePublished"] = story.Day,
        ["license"] = story.Options.License ?? "open question: name the license of the data",
        ["distribution"] = MetadataJson.Array(story.Data.DistinctBy(file => (file.Name, file.Sha256)).Select((file, i) => new JsonObject
        {
            ["@type"] = "cr:FileObject",
            ["@id"] = $"data-{(i + 1).ToString(CultureInfo.InvariantCulture)}",
            ["name"] = file.Name,
            ["contentUrl"] = file.Path ?? file.Fetch ?? "",
            ["contentSize"] = $"{file.Size.ToString(CultureInfo.InvariantCulture)} B",
            ["encodingFormat"] = MediaType.Of(file.Path ?? file.Name),
            ["sha256"] = file.Sha256,
        })),
    });
}
