namespace Ashlar.Cpu.Contraction;

/// <summary>A part of k of the panel of B that comes next, to be fetched while a tile on this one is computed.</summary>
/// <typeparam name="T">Element.</typeparam>
unsafe struct PanelAhead<T>
    where T : unmanaged
{
    /// <summary>First column of the panel.</summary>
    public T* Column;

    /// <summary>Offset of each k, from the part's first on.</summary>
    public int* Depths;

    /// <summary>One below the power of two that tells how many steps of the tile one k of the part is given.</summary>
    public nint Mask;
}
