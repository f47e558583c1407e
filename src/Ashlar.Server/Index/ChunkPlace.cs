namespace Ashlar.Server.Index;

/// <summary>Where a chunk stands: series, level and ordinal in one number, so that the chunks of a level follow each other on the disk.</summary>
static class ChunkPlace
{
    const int LevelBits = 4;
    const int OrdinalBits = 26;

    public static long Of(long series, int level, long ordinal) => (((series << LevelBits) | (long)level) << OrdinalBits) | ordinal;

    /// <summary>The first place behind all chunks of a series.</summary>
    public static long Behind(long series) => Of(series + 1, 0, 0);

    public static long Ordinal(long place) => place & ((1L << OrdinalBits) - 1);
}
