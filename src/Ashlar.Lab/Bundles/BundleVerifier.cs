using System.Text;
using Ashlar.Lab.Reproduction;

namespace Ashlar.Lab.Bundles;

/// <summary>Checks a bundle and repeats its runs, with nothing but the file.</summary>
/// <param name="path">The bundle.</param>
/// <param name="options">How much. Data that the bundle holds need not be named; the work folder is for all runs together.</param>
public sealed class BundleVerifier(string path, ReproductionOptions options)
{
    /// <summary>Checks every hash, then repeats each run as far as the level says. Programs of the bundle are run from <see cref="ReproductionLevel.Build"/> on: only do that with authors whom you trust as you trust any program.</summary>
    /// <param name="begin">Is told before a run is repeated: its record, and what it will take; null for nobody.</param>
    /// <param name="cancellation">Ends processes under way.</param>
    /// <returns>A report on the bundle itself, its run empty, then one for each run; the first alone where a hash is wrong.</returns>
    /// <exception cref="LabException">The file is no bundle, or one that cannot be trusted, or a run has no record of its program.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The work folder cannot be written.</exception>
    public IReadOnlyList<ReproductionReport> Run(Action<RunRecord, ReproductionCost>? begin = null, CancellationToken cancellation = default)
    {
        using var archive = new BundleArchive(path);
        string work = options.WorkFolder is { } named ? Path.GetFullPath(named) : Directory.CreateTempSubdirectory("ashlar-verify-").FullName;
        if (Directory.Exists(work) && Directory.EnumerateFileSystemEntries(work).Any())
        {
            throw new LabException($"verify: {work} is not empty. Name an empty folder: what is in it must not decide the result.");
        }

        options.Progress?.Invoke("checking all files of the bundle");
        var rows = new List<VerdictRow>(archive.Rows());
        List<ReproductionReport> reports = [];
        if (!rows.Exists(row => row.Verdict == Verdict.Differs))
        {
            LabFolder lab = Unpack(archive, work);
            RunRecord[] runs = [.. archive.Manifest.Runs.Select(id => new RunRecord(lab.PathOf(id)))];
            rows.Add(Claims(archive, runs));
            reports.AddRange(runs.Select(run => Repeat(archive, lab, run, work, begin, cancellation)));
        }

        reports.Insert(0, new ReproductionReport("", options.Level, rows, TimeProvider.System.GetUtcNow()));
        if (options.WorkFolder is null && reports.TrueForAll(report => report.Verdict == Verdict.Equal))
        {
            Directory.Delete(work, recursive: true);
        }
        else if (options.WorkFolder is null)
        {
            options.Progress?.Invoke($"what was made is in {work}");
        }

        return reports;
    }

    ReproductionReport Repeat(BundleArchive archive, LabFolder lab, RunRecord run, string work, Action<RunRecord, ReproductionCost>? begin, CancellationToken cancellation)
    {
        var data = archive.Manifest.Data.Where(file => file.Run == run.Id && file.Path is not null).ToDictionary(file => file.Name, file => Path.Combine(work, file.Path!));
        HashSet<string> names = [.. run.Data.Files.Select(file => file.Name)];
        foreach ((string name, string place) in options.Data.Where(pair => names.Contains(pair.Key)))
        {
            data[name] = place;
        }

        var reproducer = new Reproducer(lab, run, options with { Data = data, WorkFolder = Path.Combine(work, "again", run.Id) });
        begin?.Invoke(run, reproducer.Cost);
        return reproducer.Run(cancellation);
    }

    // The claims follow from the records; a bundle whose claims say something else would be believed by its readers.
    static VerdictRow Claims(BundleArchive archive, RunRecord[] runs)
    {
        using var reader = new StreamReader(archive.Open(ClaimsFile.FileName), Encoding.UTF8);
        string[] claimed = reader.ReadToEnd().Split('\n'), recorded = ClaimsFile.Of(runs).Split('\n');
        int line = Enumerable.Range(0, Math.Min(claimed.Length, recorded.Length)).FirstOrDefault(i => claimed[i] != recorded[i], Math.Min(claimed.Length, recorded.Length));
        return claimed.AsSpan().SequenceEqual(recorded)
            ? VerdictRow.Equal("claims.yaml says what the records say", $"{claimed.Count(text => text.StartsWith("  - run:", StringComparison.Ordinal))} claims")
            : VerdictRow.Differs("claims.yaml says what the records say", recorded.ElementAtOrDefault(line)?.Trim() ?? "", claimed.ElementAtOrDefault(line)?.Trim() ?? "", $"line {line + 1} differs");
    }

    // Records where records are, data under its paths, and every other content into the store, by its hash, which was checked.
    static LabFolder Unpack(BundleArchive archive, string work)
    {
        var lab = new LabFolder(Path.Combine(work, "lab"));
        foreach (BundleFile file in archive.Manifest.Files.Where(file => file.Path.Contains('/', StringComparison.Ordinal)))
        {
            string place = file.Path.Split('/')[0] switch
            {
                "runs" => Path.Combine(lab.Path, file.Path),
                "data" => Path.Combine(work, file.Path),
                _ => lab.Store.PathOf(file.Sha256),
            };
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            using Stream content = archive.Open(file.Path);
            using FileStream copy = File.Create(place);
            content.CopyTo(copy);
        }

        return lab;
    }
}
