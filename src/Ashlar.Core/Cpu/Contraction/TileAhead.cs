namespace Ashlar.Cpu.Contraction;

/// <summary>What a tile asks for while it computes, one line for each k: asked for at once, it would be more than the processor can wait for, and hold the tile up.</summary>
unsafe struct TileAhead
{
    /// <summary>What the first k ask for.</summary>
    public byte* First;

    /// <summary>Bytes from one k's to the next.</summary>
    public nint FirstStep;

    /// <summary>How many k ask for it.</summary>
    public nint FirstCount;

    /// <summary>What the others ask for.</summary>
    public byte* Rest;

    /// <summary>Bytes from one k's to the next.</summary>
    public nint RestStep;

    /// <summary>Memory that so many tiles ask for, a part each.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="bytes">How many; 0 asks for the first again and again, which costs nothing where it is near.</param>
    /// <param name="tiles">Number of tiles.</param>
    /// <param name="depth">k of each.</param>
    public static TileAhead Of(void* start, nint bytes, int tiles, int depth)
    {
        nint calls = (nint)tiles * depth;
        return new TileAhead { Rest = (byte*)start, RestStep = (bytes + calls - 1) / calls };
    }
}
