using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>A table of offsets at a fixed address, so that kernels may read it through a pointer.</summary>
sealed unsafe class OffsetTable
{
    // Keeps the pinned memory alive; the pointer alone would not.
    readonly int[] _pinned;

    public OffsetTable(ReadOnlySpan<int> offsets)
    {
        _pinned = GC.AllocateUninitializedArray<int>(Math.Max(1, offsets.Length), pinned: true);
        offsets.CopyTo(_pinned);
        Data = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
    }

    /// <summary>First offset.</summary>
    public int* Data { get; }

    /// <summary>[table.Length] for each entry, one past the last index of the run of consecutive offsets it lies in; runs end at multiples of <paramref name="cut"/>.</summary>
    /// <param name="table">The offsets.</param>
    /// <param name="cut">Where runs end in any case.</param>
    /// <param name="step">From one offset to the next inside a run: 1 or -1.</param>
    public static int[] RunEnds(ReadOnlySpan<int> table, int cut, int step = 1)
    {
        var ends = new int[table.Length];
        for (int i = table.Length - 1; i >= 0; i--)
        {
            bool goesOn = i + 1 < table.Length && (i + 1) % cut != 0 && table[i + 1] == (long)table[i] + step;
            ends[i] = goesOn ? ends[i + 1] : i + 1;
        }

        return ends;
    }
}
