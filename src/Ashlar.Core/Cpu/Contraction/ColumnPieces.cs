namespace Ashlar.Cpu.Contraction;

/// <summary>Two registers of columns, each of which is filled from one or two runs of memory; or one or two of which the last is filled in part.</summary>
/// <typeparam name="T">Element.</typeparam>
unsafe struct ColumnPieces<T>
    where T : unmanaged
{
    /// <summary>Where the first register is loaded from, up to lane <see cref="From0"/>; null where the panel is packed already, and only <see cref="Terms"/> matter.</summary>
    public T* First0;

    /// <summary>Where it is loaded from beginning with that lane; the same place where one run fills it.</summary>
    public T* Second0;

    /// <inheritdoc cref="First0"/>
    public T* First1;

    /// <inheritdoc cref="Second0"/>
    public T* Second1;

    /// <summary>First lane of the second run.</summary>
    public int From0;

    /// <inheritdoc cref="From0"/>
    public int From1;

    /// <summary>[depth] offset of each k.</summary>
    public int* Depths;

    /// <summary>Masks of the two registers, ones where an element is no padding; null where there is none. Then each register is one run, and the second follows the first.</summary>
    public T* Masks;

    /// <summary>Lanes of the last register that are columns, where the panel is read in place and memory behind the others is not to be touched; 0 where the panel is packed.</summary>
    public int Lanes;

    /// <summary>[depth] offset of each k in the masks.</summary>
    public int* MaskPlaces;

    /// <summary>Which k the tile computes, from the chunk's first on; null for all. <see cref="Depths"/> then has their offsets, and the panel holds them alone.</summary>
    public int* Terms;

    /// <summary>How many <see cref="Terms"/> there are.</summary>
    public int TermCount;
}
