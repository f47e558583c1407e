using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>A vector times a matrix that lies in panels of columns: the matrix streams past sums that stay in registers.</summary>
/// <param name="nest">The product, the vector as its one row.</param>
/// <param name="layout">How the matrix lies.</param>
/// <param name="isTransposed">Whether the caller's rows and columns are exchanged.</param>
sealed unsafe class KeptVectorProduct<TVector, TLanes>(ContractionNest nest, KeptLayout layout, bool isTransposed) : ContractionRun, IChunkWork
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    // Two panels side by side are four chains, as many as hide how long a multiply-add takes.
    const int PanelsAtOnce = 2;

    readonly OffsetTable _vectorDepth = new(nest.DepthA);
    readonly bool _readsInPlace = PanelSource.ConstantStep(nest.DepthA) == 1;
    readonly int _panelsInChunk = layout.PanelsInVectorChunk;
    readonly int _chunks = layout.VectorChunks;
    int _shares;
    bool _isBackwards;
    float* _vector;
    float* _panels;
    float* _c;

    public override void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue)
    {
        PackingMemory? memory = _readsInPlace ? null : PackingMemory.Take((long)nest.K * sizeof(float));
        try
        {
            float* from = (float*)a + nest.BatchA[0] + nest.RowA[0];
            _vector = memory is null ? from + nest.DepthA[0] : Gathered(from, (float*)memory.Data);
            _panels = (float*)b;
            _c = (float*)c + nest.BatchC[0] + nest.RowC[0] + nest.ColumnC[0];
            _shares = Math.Min(pool.Threads, _chunks);
            _isBackwards = !_isBackwards;
            pool.Run(_chunks, this);
        }
        finally
        {
            memory?.Return();
        }

        epilogue?.Apply(0, 0, isTransposed ? nest.N : 1, 0, isTransposed ? 1 : nest.N);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IChunkWork.Execute(int chunk)
    {
        Panels columns = layout.Columns;
        chunk = _isBackwards ? Turned(chunk) : chunk;
        int end = Math.Min((chunk + 1) * _panelsInChunk, columns.Count);
        float* aside = stackalloc float[PanelsAtOnce * TileShape.MostColumns];
        int wide = 2 * TLanes.Count;
        int p = chunk * _panelsInChunk;
        while (p < end)
        {
            float* target = _c + columns.Starts[p];
            int taken = p + 1 < end && columns.Widths[p + 1] == wide ? PanelsAtOnce : 1;
            int count = columns.EndBefore(p + taken) - columns.Starts[p];
            int width = columns.WidthsBefore[p + taken] - columns.WidthsBefore[p];
            float* sums = count == width ? target : aside;
            if (taken == PanelsAtOnce)
            {
                SumTwo(p, sums);
            }
            else if (width == wide)
            {
                SumOne(p, sums);
            }
            else
            {
                SumNarrow(p, sums);
            }

            for (int i = 0; i < count && sums == aside; i++)
            {
                target[i] = aside[i];
            }

            p += taken;
        }
    }

    // The sums of two panels of two registers over all of k.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumTwo(int panel, float* target)
    {
        TVector total0 = default, total1 = default, total2 = default, total3 = default;
        nint step = 2 * TLanes.Count;
        for (int start = 0; start < nest.K; start += TileShape.Depth)
        {
            float* x = _vector + start;
            float* end = x + Math.Min(TileShape.Depth, nest.K - start);
            float* left = _panels + layout.Before(panel, start);
            float* right = _panels + layout.Before(panel + 1, start);
            TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (; x < end; x++)
            {
                TVector factor = TLanes.Broadcast(*x);
                sum0 = TLanes.MultiplyAdd(factor, TLanes.Load(left), sum0);
                sum1 = TLanes.MultiplyAdd(factor, TLanes.Load(left + TLanes.Count), sum1);
                sum2 = TLanes.MultiplyAdd(factor, TLanes.Load(right), sum2);
                sum3 = TLanes.MultiplyAdd(factor, TLanes.Load(right + TLanes.Count), sum3);
                left += step;
                right += step;
            }

            bool first = start == 0;
            total0 = first ? sum0 : TLanes.Add(total0, sum0);
            total1 = first ? sum1 : TLanes.Add(total1, sum1);
            total2 = first ? sum2 : TLanes.Add(total2, sum2);
            total3 = first ? sum3 : TLanes.Add(total3, sum3);
        }

        TLanes.Store(total0, target);
        TLanes.Store(total1, target + TLanes.Count);
        TLanes.Store(total2, target + (2 * TLanes.Count));
        TLanes.Store(total3, target + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumOne(int panel, float* target)
    {
        TVector total0 = default, total1 = default;
        nint step = 2 * TLanes.Count;
        for (int start = 0; start < nest.K; start += TileShape.Depth)
        {
            float* x = _vector + start;
            float* end = x + Math.Min(TileShape.Depth, nest.K - start);
            float* data = _panels + layout.Before(panel, start);
            TVector sum0 = default, sum1 = default;
            for (; x < end; x++)
            {
                TVector factor = TLanes.Broadcast(*x);
                sum0 = TLanes.MultiplyAdd(factor, TLanes.Load(data), sum0);
                sum1 = TLanes.MultiplyAdd(factor, TLanes.Load(data + TLanes.Count), sum1);
                data += step;
            }

            total0 = start == 0 ? sum0 : TLanes.Add(total0, sum0);
            total1 = start == 0 ? sum1 : TLanes.Add(total1, sum1);
        }

        TLanes.Store(total0, target);
        TLanes.Store(total1, target + TLanes.Count);
    }

    // The last panel, if it is one register.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumNarrow(int panel, float* target)
    {
        TVector total = default;
        for (int start = 0; start < nest.K; start += TileShape.Depth)
        {
            float* x = _vector + start;
            float* end = x + Math.Min(TileShape.Depth, nest.K - start);
            float* data = _panels + layout.Before(panel, start);
            TVector sum = default;
            for (; x < end; x++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(*x), TLanes.Load(data), sum);
                data += TLanes.Count;
            }

            total = start == 0 ? sum : TLanes.Add(total, sum);
        }

        TLanes.Store(total, target);
    }

    // Every second run begins where the one before ended: a matrix larger than a cache would push itself out of it if it always began at its start. Each thread stays with its share.
    int Turned(int chunk)
    {
        int share = (((chunk + 1) * _shares) - 1) / _chunks;
        return (_chunks * share / _shares) + (_chunks * (share + 1) / _shares) - 1 - chunk;
    }

    float* Gathered(float* source, float* target)
    {
        int* offsets = _vectorDepth.Data;
        for (int k = 0; k < nest.K; k++)
        {
            target[k] = source[offsets[k]];
        }

        return target;
    }
}
