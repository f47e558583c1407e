using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>How an operand [outputs, k] is laid out once for many runs: in panels of outputs, [chunk of k, panel, k, outputs of the panel], the order in which tiles read it; and behind them, whether all of it is finite.</summary>
/// <remarks>Equal layouts of one operand are one copy, whatever plan reads it.</remarks>
/// <param name="Outputs">How many.</param>
/// <param name="Step">Elements from one output to the next.</param>
/// <param name="Terms">Where the k of an output lie.</param>
/// <param name="RegisterBytes">Width of the registers, 32 or 64.</param>
sealed record KeptLayout(int Outputs, int Step, KeptTerms Terms, int RegisterBytes)
{
    readonly Panels _columns = Panels.OfColumns(Outputs, RegisterBytes / sizeof(float));

    /// <summary>Extent of k.</summary>
    public int Depth => Terms.Depth;

    /// <summary>Panels of outputs.</summary>
    public Panels Columns => _columns;

    /// <summary>Bytes of the copy.</summary>
    public nint Bytes => (nint)((DepthChunks * FullLength) + 1) * sizeof(float);

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
    public bool Equals(KeptLayout? other) => other is not null && (Outputs, Step, Terms, RegisterBytes) == (other.Outputs, other.Step, other.Terms, other.RegisterBytes);

    public override int GetHashCode() => HashCode.Combine(Outputs, Step, Terms, RegisterBytes);

    /// <summary>The same of an operand that begins elsewhere.</summary>
    /// <param name="first">Elements before k = 0 of output 0.</param>
    public KeptLayout From(int first) => new(Outputs, Step, Terms with { First = first }, RegisterBytes);

    /// <summary>Lays the operand out.</summary>
    /// <param name="pool">Who does it.</param>
    /// <param name="operand">The memory that <see cref="Terms"/> counts from.</param>
    /// <param name="panels"><see cref="Bytes"/> of room, aligned to a register.</param>
    public unsafe void Write(WorkerPool pool, void* operand, void* panels)
    {
        var source = new PanelSource(_columns, [0], OffsetGrid.Of([Outputs], [Step]), Terms.Offsets(), RegisterBytes / sizeof(float));
        IChunkWork work = RegisterBytes == 64 ? new Writing<Vector512<float>, Lanes512<float>>(this, source, (float*)operand, (float*)panels)
            : new Writing<Vector256<float>, Lanes256<float>>(this, source, (float*)operand, (float*)panels);
        pool.Run(DepthChunks, work);
        ((float*)panels)[DepthChunks * FullLength] = new FiniteTest().Holds(pool, (float*)operand + source.Least, source.End - source.Least) ? 1 : 0;
    }

    /// <summary>Whether all that the panels were made of is finite.</summary>
    public unsafe bool IsFinite(float* panels) => panels[DepthChunks * FullLength] == 1;

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
