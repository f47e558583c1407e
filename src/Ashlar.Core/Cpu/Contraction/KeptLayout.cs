using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>How a constant operand [outputs, k] whose k are neighbours is laid out once for all runs: in panels of outputs, [chunk of k, panel, k, outputs of the panel], the order in which tiles read it.</summary>
/// <remarks>Equal layouts of one operand are one copy, whatever plan reads it.</remarks>
/// <param name="Outputs">How many.</param>
/// <param name="Depth">Extent of k.</param>
/// <param name="Step">Elements from one output to the next.</param>
/// <param name="RegisterBytes">Width of the registers, 32 or 64.</param>
sealed record KeptLayout(int Outputs, int Depth, int Step, int RegisterBytes)
{
    readonly Panels _columns = Panels.OfColumns(Outputs, RegisterBytes / sizeof(float));

    /// <summary>Panels of outputs.</summary>
    public Panels Columns => _columns;

    /// <summary>Bytes of the copy.</summary>
    public nint Bytes => (nint)(DepthChunks * FullLength) * sizeof(float);

    /// <summary>Chunks of k.</summary>
    public int DepthChunks => (Depth + TileShape.Depth - 1) / TileShape.Depth;

    /// <summary>Panels that a chunk of a vector's product with the operand reads: pairs, so many that a chunk pays for itself.</summary>
    public int PanelsInVectorChunk
    {
        get
        {
            const long leastWork = 1 << 15;
            const int mostChunks = 64;
            int wanted = (int)Math.Clamp((long)Outputs * Depth / leastWork, 1, mostChunks);
            return Blocks(Blocks(_columns.Count, wanted), 2) * 2;
        }
    }

    /// <summary>Chunks of a vector's product with the operand, whatever the number of threads.</summary>
    public int VectorChunks => Blocks(_columns.Count, PanelsInVectorChunk);

    long FullLength => _columns.PackedLength(0, _columns.Count, TileShape.Depth);

    /// <summary>Elements before the panel over the chunk of k that begins at <paramref name="start"/>.</summary>
    public long Before(int panel, int start) => (start / TileShape.Depth * FullLength) + _columns.PackedLength(0, panel, Math.Min(TileShape.Depth, Depth - start));

    /// <summary>Two layouts are equal if their extents are.</summary>
    public bool Equals(KeptLayout? other) => other is not null && (Outputs, Depth, Step, RegisterBytes) == (other.Outputs, other.Depth, other.Step, other.RegisterBytes);

    public override int GetHashCode() => HashCode.Combine(Outputs, Depth, Step, RegisterBytes);

    /// <summary>Lays the operand out.</summary>
    /// <param name="pool">Who does it.</param>
    /// <param name="operand">Its first element.</param>
    /// <param name="panels"><see cref="Bytes"/> of room, aligned to a register.</param>
    public unsafe void Write(WorkerPool pool, void* operand, void* panels)
    {
        var across = new int[Outputs];
        for (int i = 0; i < across.Length; i++)
        {
            across[i] = i * Step;
        }

        var depth = new int[Depth];
        for (int k = 0; k < depth.Length; k++)
        {
            depth[k] = k;
        }

        var source = new PanelSource(_columns, [0], across, depth, RegisterBytes / sizeof(float));
        IChunkWork work = RegisterBytes == 64 ? new Writing<Vector512<float>, Lanes512<float>>(this, source, (float*)operand, (float*)panels)
            : new Writing<Vector256<float>, Lanes256<float>>(this, source, (float*)operand, (float*)panels);
        pool.Run(DepthChunks, work);
    }

    static int Blocks(int extent, int block) => (extent + block - 1) / block;

    sealed unsafe class Writing<TVector, TLanes>(KeptLayout layout, PanelSource source, float* operand, float* panels) : IChunkWork
        where TVector : unmanaged
        where TLanes : struct, ILanes<float, TVector>
    {
        public void Execute(int chunk)
        {
            int start = chunk * TileShape.Depth;
            for (int p = 0; p < layout.Columns.Count; p++)
            {
                PanelPacker<float, TVector, TLanes>.Pack(source, operand, 0, p, start, Math.Min(TileShape.Depth, layout.Depth - start), panels + layout.Before(p, start));
            }
        }
    }
}
