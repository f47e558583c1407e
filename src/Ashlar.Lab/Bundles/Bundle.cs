using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ashlar.Lab.Bundles;

/// <summary>One zip file with all that a reader needs to check and repeat runs: records, sources, lock files, models, artifacts, data or how to get it, and what a paper's reviewers ask for.</summary>
public static class Bundle
{
    /// <summary>Packs runs. The same runs and options give the same bytes under the same version.</summary>
    /// <param name="lab">Holds the runs and their store.</param>
    /// <param name="runs">One or more, each ended.</param>
    /// <param name="path">Where the file shall appear; one there is replaced whole or not at all.</param>
    /// <param name="options">What the bundle says of itself; null for the defaults.</param>
    /// <returns>The manifest, and the SHA-256 of the file, by which a paper can name it.</returns>
    /// <exception cref="LabException">A run is under way, or something that a run recorded is not there any more.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static (BundleManifest Manifest, string Sha256) Pack(LabFolder lab, IReadOnlyList<RunRecord> runs, string path, BundleOptions? options = null)
    {
        options ??= new BundleOptions();
        RunRecord[] sorted = [.. runs.DistinctBy(run => run.Id).OrderBy(run => run.Id, StringComparer.Ordinal)];
        if (sorted.FirstOrDefault(run => run.State == RunState.Running) is { } running)
        {
            throw new LabException($"pack: run {running.Id} is under way. Wait for its end.");
        }

        var contents = new BundleContents(lab.Store);
        foreach (RunRecord run in sorted)
        {
            contents.AddRun(run, options.Data);
        }

        string[] faults = [.. contents.Missing, .. sorted.SelectMany(run => run.Faults)];
        if (sorted.Length == 0 || faults.Length > 0)
        {
            throw new LabException(sorted.Length == 0 ? "pack: no run is given. Name one, such as @last." : $"pack: not everything that was recorded is there: {string.Join("; ", faults.Take(5))}{(faults.Length > 5 ? $"; and {faults.Length - 5} more" : "")}. Restore it, or pack other runs.");
        }

        BundleManifest manifest = Describe(contents, sorted, options);
        using (AtomicFile file = AtomicFile.Create(path))
        {
            Write(file.Stream, contents);
            file.Commit();
        }

        using FileStream written = File.OpenRead(path);
        return (manifest, Convert.ToHexStringLower(SHA256.HashData(written)));
    }

    static BundleManifest Describe(BundleContents contents, RunRecord[] runs, BundleOptions options)
    {
        var story = new BundleStory(options.Title ?? runs[0].Name, runs, options, contents.Data);
        contents.AddText("README.md", story.Readme());
        contents.AddText("REPORT.md", story.Report());
        contents.AddText("claims.yaml", ClaimsFile.Of(runs));
        contents.AddText("CHECKLIST.md", Checklist.Of(story));
        contents.AddText("CITATION.cff", CitationFile.Of(story));
        contents.AddText("croissant.json", Croissant.Of(story));
        contents.AddText("ro-crate-metadata.json", RoCrate.Of(story, [.. contents.Files.Select(entry => entry.File)]));
        var manifest = new BundleManifest(
            BundleManifest.CurrentFormat, story.Title, HostCapture.Take().Ashlar, runs[0].Host.Numerics, [.. runs.Select(run => run.Id)], contents.Data, [.. contents.Files.Select(entry => entry.File)]);
        contents.AddText(BundleManifest.FileName, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(manifest, BundleJson.Manifest.BundleManifest)) + "\n");
        return manifest;
    }

    static void Write(Stream stream, BundleContents contents)
    {
        var zip = new StoredZip(stream);
        foreach ((BundleFile file, Func<Stream> open) in contents.Files)
        {
            using Stream content = open();
            zip.Add(file.Path, content);
        }

        zip.Finish();
    }
}
