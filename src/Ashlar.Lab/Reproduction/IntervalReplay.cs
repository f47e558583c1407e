using System.Security.Cryptography;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Reproduction;

/// <summary>Which intervals of a run can be trained again: from the beginning and from every checkpoint in the store to the next link of the chain.</summary>
static class IntervalReplay
{
    public static IReadOnlyList<ReplayInterval> Of(RunRecord run, ArtifactStore store)
    {
        var begins = new SortedDictionary<long, string?> { [0] = null };
        foreach (ArtifactRecord artifact in run.Artifacts.Where(artifact => artifact.Name.StartsWith("checkpoints/", StringComparison.Ordinal) && ArtifactStore.IsHash(artifact.Sha256) && store.Contains(artifact.Sha256)))
        {
            if (artifact.Step is { } step)
            {
                begins[step] = store.PathOf(artifact.Sha256);
            }
        }

        long[] links = [.. run.Chain.Select(link => link.Step)];
        return [.. begins.Select(begin => new ReplayInterval(begin.Key, links.FirstOrDefault(step => step > begin.Key), begin.Value)).Where(interval => interval.To > interval.From)];
    }

    public static int Count(int intervals, double share) => intervals == 0 ? 0 : Math.Clamp((int)Math.Ceiling(intervals * share), 1, intervals);

    /// <summary>So many of them, drawn without putting back, in their order.</summary>
    public static IReadOnlyList<ReplayInterval> Choose(IReadOnlyList<ReplayInterval> intervals, ReproductionOptions options)
    {
        // The first words of SHA-256 of seed and place are as good a shuffle as any, and the same everywhere.
        int seed = options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        return
        [
            .. intervals.OrderBy(interval => Convert.ToHexString(SHA256.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(interval.From)])), StringComparer.Ordinal)
                .Take(Count(intervals.Count, options.Share)).OrderBy(interval => interval.From),
        ];
    }
}
