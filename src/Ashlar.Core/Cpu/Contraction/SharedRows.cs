using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>All of A, packed once before the chunks start: laid out as [batch, chunk of k, panel of rows].</summary>
sealed unsafe class SharedRows<T, TVector, TLanes>(ContractionPlan plan) : IChunkWork
    where T : unmanaged
    where TVector : unmanaged
    where TLanes : struct, ILanes<T, TVector>
{
    // Below this many elements waking others costs more than it saves.
    const long LeastSharedWork = 1 << 15;

    T* _a;
    T* _packed;

    public long Bytes => plan.Nest.Batch * BatchLength * sizeof(T);

    int DepthChunks => (plan.Nest.K + TileShape.Depth - 1) / TileShape.Depth;

    long FullLength => plan.Rows.PackedLength(0, plan.Rows.Count, TileShape.Depth);

    long BatchLength => DepthChunks * FullLength;

    /// <param name="pool">Who packs.</param>
    /// <param name="a">Base of A.</param>
    /// <param name="packed"><see cref="Bytes"/> of room.</param>
    public void Pack(WorkerPool pool, T* a, T* packed)
    {
        _a = a;
        _packed = packed;
        if ((long)plan.Nest.Batch * plan.Nest.M * plan.Nest.K >= LeastSharedWork)
        {
            pool.Run(plan.Nest.Batch * DepthChunks, this);
            return;
        }

        for (int chunk = 0; chunk < plan.Nest.Batch * DepthChunks; chunk++)
        {
            Execute(chunk);
        }
    }

    /// <summary>The packed panel of rows over the chunk of k that begins at <paramref name="start"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T* At(int batch, int panel, int start, int depth) =>
        _packed + (batch * BatchLength) + (start / TileShape.Depth * FullLength) + plan.Rows.PackedLength(0, panel, depth);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int chunk)
    {
        int batch = chunk / DepthChunks;
        int start = chunk % DepthChunks * TileShape.Depth;
        int depth = Math.Min(TileShape.Depth, plan.Nest.K - start);
        for (int p = 0; p < plan.Rows.Count; p++)
        {
            T* panel = At(batch, p, start, depth);
            PanelPacker<T, TVector, TLanes>.Pack(plan.A, _a, plan.Nest.BatchA[batch], p, start, depth, panel);
            LeadingZeros.Note(panel, plan.Rows.Widths[p], depth);
        }
    }
}
