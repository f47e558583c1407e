using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>A vector times a matrix, for one register width.</summary>
sealed unsafe class VectorProductRun<TVector, TLanes, TBlock>(VectorProductPlan plan) : ContractionRun, IChunkWork
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
    where TBlock : struct, IRowBlock<TVector>
{
    // Elements between rows that compete for the same lines of the cache.
    const int FarStep = 1024;

    // Rows of the matrix that are added up in one pass over the sums.
    const int RowsAtOnce = 8;

    float* _vector;
    float* _b;
    float* _c;
    float* _sums;

    static int Room => VectorProductPlan.MostColumns + VectorProductPlan.ColumnsAtOnce;

    public override void Execute(WorkerPool pool, void* a, void* b, void* c, IContractionEpilogue? epilogue)
    {
        ContractionNest nest = plan.Nest;
        long vectorLength = (long)nest.Batch * nest.K;
        long sumsLength = plan.DepthBlocks == 1 ? 0 : (long)nest.Batch * plan.Sums * nest.N;
        PackingMemory memory = PackingMemory.Take((vectorLength + sumsLength) * sizeof(float));
        try
        {
            _vector = (float*)memory.Data;
            _sums = _vector + vectorLength;
            _b = (float*)b;
            _c = (float*)c;
            for (int batch = 0; batch < nest.Batch; batch++)
            {
                float* from = (float*)a + nest.BatchA[batch] + nest.RowA[0];
                float* to = _vector + ((long)batch * nest.K);
                if (plan.SumsChunksTogether)
                {
                    GatherChunks(from, plan.VectorDepth.Data, nest.K, to);
                }
                else
                {
                    Gather(from, plan.VectorDepth.Data, nest.K, to);
                }
            }

            pool.Run(plan.Chunks, this);
            for (int batch = 0; batch < nest.Batch && plan.DepthBlocks > 1; batch++)
            {
                AddUp(_sums + ((long)batch * plan.Sums * nest.N), plan.Sums, nest.N, Target(batch));
            }
        }
        finally
        {
            memory.Return();
        }

        for (int batch = 0; batch < nest.Batch && epilogue is not null; batch++)
        {
            epilogue.Apply(batch, 0, plan.IsTransposed ? nest.N : 1, 0, plan.IsTransposed ? 1 : nest.N);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IChunkWork.Execute(int chunk)
    {
        int block = chunk % plan.ColumnBlocks;
        int column = block * plan.ColumnsInChunk;
        int columnEnd = block == plan.ColumnBlocks - 1 ? plan.Nest.N : column + plan.ColumnsInChunk;
        int first = chunk / plan.ColumnBlocks % plan.DepthBlocks * plan.SumsInChunk;
        int end = Math.Min(first + plan.SumsInChunk, plan.Sums);
        int batch = chunk / plan.ColumnBlocks / plan.DepthBlocks * plan.BatchesInChunk;
        int batchEnd = Math.Min(batch + plan.BatchesInChunk, plan.Nest.Batch);
        float* sum = stackalloc float[Room];
        float* total = stackalloc float[Room];
        for (; batch < batchEnd; batch++)
        {
            if (plan.IsAlongDepth)
            {
                for (int at = column; at < columnEnd; at += VectorProductPlan.ColumnsAtOnce)
                {
                    SumBlocks(batch, Math.Min(at, columnEnd - VectorProductPlan.ColumnsAtOnce));
                }
            }
            else
            {
                for (int i = first; i < end; i++)
                {
                    bool straight = i == first && plan.DepthBlocks == 1;
                    SumRows(batch, i, column, columnEnd, straight ? total : sum);
                    if (plan.DepthBlocks > 1)
                    {
                        Put(sum, columnEnd - column, SumAt(batch, i) + column);
                    }
                    else if (!straight)
                    {
                        Add(sum, columnEnd - column, total);
                    }
                }

                if (plan.DepthBlocks == 1)
                {
                    Put(total, columnEnd - column, Target(batch) + column);
                }
            }
        }
    }

    float* Target(int batch) => _c + plan.Nest.BatchC[batch] + plan.Nest.RowC[0] + plan.Nest.ColumnC[0];

    float* SumAt(int batch, int sum) => _sums + ((((long)batch * plan.Sums) + sum) * plan.Nest.N);

    // The sums of all columns over one chunk of k. The last register reaches back rather than past the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumRows(int batch, int sum, int column, int columnEnd, float* sums)
    {
        int start = sum * TileShape.Depth;
        int depth = Math.Min(TileShape.Depth, plan.Nest.K - start);
        float* matrix = _b + plan.Nest.BatchB[batch] + plan.Nest.ColumnB[0] + column;
        float* vector = _vector + ((long)batch * plan.Nest.K) + start;
        int* rows = plan.Depth.Data + start;
        int k = 0;
        for (; k <= depth - RowsAtOnce; k += RowsAtOnce)
        {
            AddEightRows(matrix, rows + k, vector + k, columnEnd - column, sums, k > 0);
        }

        for (; k < depth; k++)
        {
            AddRow(matrix + rows[k], vector[k], columnEnd - column, sums, k > 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddEightRows(float* matrix, int* rows, float* vector, nint columns, float* sums, bool add)
    {
        TVector x0 = TLanes.Broadcast(vector[0]), x1 = TLanes.Broadcast(vector[1]), x2 = TLanes.Broadcast(vector[2]), x3 = TLanes.Broadcast(vector[3]);
        TVector x4 = TLanes.Broadcast(vector[4]), x5 = TLanes.Broadcast(vector[5]), x6 = TLanes.Broadcast(vector[6]), x7 = TLanes.Broadcast(vector[7]);
        float* r0 = matrix + rows[0], r1 = matrix + rows[1], r2 = matrix + rows[2], r3 = matrix + rows[3];
        float* r4 = matrix + rows[4], r5 = matrix + rows[5], r6 = matrix + rows[6], r7 = matrix + rows[7];
        for (nint i = 0; i < columns; i += TLanes.Count)
        {
            nint at = Math.Min(i, columns - TLanes.Count);
            TVector sum = add ? TLanes.Load(sums) : default;
            sum = TLanes.MultiplyAdd(x0, TLanes.Load(r0 + at), sum);
            sum = TLanes.MultiplyAdd(x1, TLanes.Load(r1 + at), sum);
            sum = TLanes.MultiplyAdd(x2, TLanes.Load(r2 + at), sum);
            sum = TLanes.MultiplyAdd(x3, TLanes.Load(r3 + at), sum);
            sum = TLanes.MultiplyAdd(x4, TLanes.Load(r4 + at), sum);
            sum = TLanes.MultiplyAdd(x5, TLanes.Load(r5 + at), sum);
            sum = TLanes.MultiplyAdd(x6, TLanes.Load(r6 + at), sum);
            sum = TLanes.MultiplyAdd(x7, TLanes.Load(r7 + at), sum);
            TLanes.Store(sum, sums);
            sums += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddRow(float* row, float factor, nint columns, float* sums, bool add)
    {
        TVector x = TLanes.Broadcast(factor);
        for (nint i = 0; i < columns; i += TLanes.Count)
        {
            TLanes.Store(TLanes.MultiplyAdd(x, TLanes.Load(row + Math.Min(i, columns - TLanes.Count)), add ? TLanes.Load(sums) : default), sums);
            sums += TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Add(float* sums, nint columns, float* totals)
    {
        for (nint i = 0; i < columns; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Add(TLanes.Load(totals + i), TLanes.Load(sums + i)), totals + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Put(float* sums, nint columns, float* target)
    {
        for (nint i = 0; i < columns; i += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(sums + i), target + Math.Min(i, columns - TLanes.Count));
        }
    }

    // Adds rows 0, 1, … of sums in that order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddUp(float* sums, int count, nint columns, float* target)
    {
        for (nint i = 0; i < columns; i += TLanes.Count)
        {
            float* at = sums + Math.Min(i, columns - TLanes.Count);
            TVector total = TLanes.Load(at);
            for (int s = 1; s < count; s++)
            {
                at += columns;
                total = TLanes.Add(total, TLanes.Load(at));
            }

            TLanes.Store(total, target + Math.Min(i, columns - TLanes.Count));
        }
    }

    // Thirty-two columns over all of k, which is contiguous: several chains at a time, because each multiply-add waits for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void SumBlocks(int batch, int column)
    {
        float* vector = _vector + ((long)batch * plan.Nest.K);
        float* matrix = _b + plan.Nest.BatchB[batch] + plan.Nest.DepthB[0] + plan.Nest.ColumnB[column];
        float* target = Target(batch) + column;
        nint step = plan.Nest.ColumnB[1] - (nint)plan.Nest.ColumnB[0];
        if (plan.SumsChunksTogether)
        {
            SumChunks(matrix, step, vector, plan.Nest.K, target, plan.IsFar);
            return;
        }

        bool compete = step % FarStep == 0;
        int width = compete ? TLanes.Count : 2 * TLanes.Count;
        for (int i = 0; i < VectorProductPlan.ColumnsAtOnce; i += width)
        {
            if (compete)
            {
                SumBlock(matrix + (i * step), step, vector, plan.Nest.K, target + i);
            }
            else
            {
                SumTwoBlocks(matrix + (i * step), step, vector, plan.Nest.K, target + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumChunks(float* matrix, nint step, float* vector, int depth, float* target, bool isFar)
    {
        int rows = 2 * TLanes.Count / VectorProductPlan.ChunksTogether;
        float* sums = stackalloc float[2 * TLanes.Count];
        for (int i = 0; i < VectorProductPlan.ColumnsAtOnce; i += rows)
        {
            for (int k = 0; k < depth; k += VectorProductPlan.ChunksTogether * TileShape.Depth)
            {
                int next = k + (VectorProductPlan.ChunksTogether * TileShape.Depth);
                TBlock.SumChunks(matrix + k, step, vector + k, sums, !isFar ? null : next < depth ? matrix + next : matrix + (rows * step));
                for (int row = 0; row < rows; row++)
                {
                    float* sum = sums + (row * VectorProductPlan.ChunksTogether);
                    float total = k == 0 ? sum[0] : target[row] + sum[0];
                    total += sum[1];
                    total += sum[2];
                    total += sum[3];
                    target[row] = total;
                }
            }

            matrix += rows * step;
            target += rows;
        }
    }

    // Rows a page apart share a few lines of the first-level cache: those of two blocks would drive each other out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumBlock(float* matrix, nint step, float* vector, int depth, float* target)
    {
        TVector total = default;
        for (int start = 0; start < depth; start += TileShape.Depth)
        {
            nint end = Math.Min(start + TileShape.Depth, depth);
            TVector sum = default;
            nint k = start;
            for (; k <= end - TBlock.Depth; k += TBlock.Depth)
            {
                sum = TBlock.MultiplyAdd(matrix + k, step, vector + k, sum);
            }

            for (; k < end; k++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(vector[k]), TBlock.Gather(matrix + k, step), sum);
            }

            total = start == 0 ? sum : TLanes.Add(total, sum);
        }

        TLanes.Store(total, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SumTwoBlocks(float* matrix, nint step, float* vector, int depth, float* target)
    {
        TVector total0 = default, total1 = default;
        for (int start = 0; start < depth; start += TileShape.Depth)
        {
            nint end = Math.Min(start + TileShape.Depth, depth);
            TVector sum0 = default, sum1 = default;
            nint k = start;
            for (; k <= end - TBlock.Depth; k += TBlock.Depth)
            {
                sum0 = TBlock.MultiplyAdd(matrix + k, step, vector + k, sum0);
                sum1 = TBlock.MultiplyAdd(matrix + k + (TLanes.Count * step), step, vector + k, sum1);
            }

            for (; k < end; k++)
            {
                TVector x = TLanes.Broadcast(vector[k]);
                sum0 = TLanes.MultiplyAdd(x, TBlock.Gather(matrix + k, step), sum0);
                sum1 = TLanes.MultiplyAdd(x, TBlock.Gather(matrix + k + (TLanes.Count * step), step), sum1);
            }

            total0 = start == 0 ? sum0 : TLanes.Add(total0, sum0);
            total1 = start == 0 ? sum1 : TLanes.Add(total1, sum1);
        }

        TLanes.Store(total0, target);
        TLanes.Store(total1, target + TLanes.Count);
    }

    // Four chunks of k become [256, 4].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void GatherChunks(float* source, int* offsets, int count, float* target)
    {
        for (int start = 0; start < count; start += VectorProductPlan.ChunksTogether * TileShape.Depth)
        {
            for (int i = 0; i < TileShape.Depth; i++)
            {
                target[0] = source[offsets[i]];
                target[1] = source[offsets[i + TileShape.Depth]];
                target[2] = source[offsets[i + (2 * TileShape.Depth)]];
                target[3] = source[offsets[i + (3 * TileShape.Depth)]];
                target += VectorProductPlan.ChunksTogether;
            }

            offsets += VectorProductPlan.ChunksTogether * TileShape.Depth;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* source, int* offsets, int count, float* target)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] = source[offsets[i]];
        }
    }
}
