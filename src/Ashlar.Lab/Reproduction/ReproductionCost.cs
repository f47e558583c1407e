using System.Globalization;

namespace Ashlar.Lab.Reproduction;

/// <summary>What a level is expected to take.</summary>
/// <param name="Level">The level.</param>
/// <param name="Seconds">About so long on the machine of the run, without building.</param>
/// <param name="Text">What it does, with counts, as one sentence.</param>
public sealed record ReproductionCost(ReproductionLevel Level, double Seconds, string Text)
{
    // A processor hashes about so much a second with SHA-256, from a disk that is not slower.
    const double BytesPerSecond = 5e8;

    internal static ReproductionCost Of(RunRecord run, ReproductionOptions options, int intervals)
    {
        long bytes = run.Code.Files.Sum(file => file.Size) + run.Artifacts.Sum(artifact => artifact.Size) + run.Data.Files.Sum(file => file.Size);
        int files = run.Code.Files.Count + run.Artifacts.Count() + run.Data.Files.Count;
        double duration = ((run.End ?? run.Start) - run.Start).TotalSeconds;
        int chosen = IntervalReplay.Count(intervals, options.Share), links = Math.Max(1, run.Chain.Count());
        string integrity = string.Create(CultureInfo.InvariantCulture, $"hashes {files} files ({bytes / 1e6:0.0} MB)");
        string build = RecordedProgram.NeedsBuild(run) ? " and builds the sources, which takes as long as a first build" : " and lays out the recorded program";
        (double seconds, string text) = options.Level switch
        {
            ReproductionLevel.Integrity => (0, integrity),
            ReproductionLevel.Build => (1, integrity + build),
            ReproductionLevel.Weights => (1 + (duration / links), integrity + build + ", then measures the stored weights"),
            ReproductionLevel.Intervals => (1 + (chosen * (1 + (duration / links))), string.Create(CultureInfo.InvariantCulture, $"{integrity}{build}, then trains {chosen} of {intervals} intervals again")),
            _ => (1 + duration, integrity + build + ", then runs everything"),
        };
        return new ReproductionCost(options.Level, seconds + (bytes / BytesPerSecond), string.Create(CultureInfo.InvariantCulture, $"level {(int)options.Level} {text}: about {Duration(seconds + (bytes / BytesPerSecond))}"));
    }

    static string Duration(double seconds) => seconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s") : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds / 60):0} min");
}
