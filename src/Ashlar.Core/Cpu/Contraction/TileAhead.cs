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
}
