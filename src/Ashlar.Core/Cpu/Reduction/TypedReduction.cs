using Ashlar.Ir;

namespace Ashlar.Cpu.Reduction;

/// <summary>The reductions of one dtype and kind on untyped memory: what the steps of a plan hold.</summary>
abstract unsafe class TypedReduction
{
    /// <exception cref="DTypeException">The dtype has no such reduction.</exception>
    public static TypedReduction Of(DType type, ReduceKind kind) => type switch
    {
        DType.Float32 => Of<float>(kind),
        DType.Float64 => Of<double>(kind),
        DType.Int64 => Of<long>(kind),
        DType.Int32 => Of<int>(kind),
        _ => Of<byte>(kind),
    };

    /// <summary>Reduces rows [first, end) of a contiguous [rows, columns] array to one value each.</summary>
    public abstract void Rows(byte* source, byte* target, int first, int end, int columns);

    /// <summary>Reduces one block of at most 4,096 contiguous elements.</summary>
    public abstract void Block(byte* source, int count, byte* target);

    /// <summary>Sets lanes to the identity.</summary>
    public abstract void Clear(byte* lanes, int count);

    /// <summary>Sets 32 lanes for each column to the identity.</summary>
    public abstract void ClearLanes(byte* lanes, int columns);

    /// <summary>Adds rows to the lanes of their columns; row numbers count from the block's first.</summary>
    public abstract void AccumulateRows(byte* lanes, byte* rows, nint stride, int firstRow, int rowCount, int columns);

    /// <summary>Reduces a block of at most <see cref="FewRowsReduction.MostRows"/> rows to one value for each column, with working memory for <see cref="FewRowsReduction.OpenBranches"/> rows.</summary>
    public abstract void FewRows(byte* rows, nint stride, int rowCount, int columns, byte* open, byte* target);

    /// <summary>Folds the lanes of each column to its block result.</summary>
    public abstract void FoldLanes(byte* lanes, int columns, byte* target);

    /// <summary>Folds block results, [blocks, results] or else [results, blocks], to the results; the partials are overwritten.</summary>
    public abstract void FoldBlocks(byte* partials, int blocks, int results, bool blocksFirst, byte* target);

    static TypedReduction Of<T>(ReduceKind kind)
        where T : unmanaged, System.Numerics.INumber<T> => kind switch
        {
            ReduceKind.Sum => new Typed<T, SumOf<T>>(),
            ReduceKind.Prod => new Typed<T, ProdOf<T>>(),
            ReduceKind.Max => new Typed<T, MaxOf<T>>(),
            _ => new Typed<T, MinOf<T>>(),
        };

    sealed class Typed<T, TOp> : TypedReduction
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        public override void Rows(byte* source, byte* target, int first, int end, int columns)
        {
            int row = FourRowReduction.Fits<T>(columns) ? FourRowReduction.Run<T, TOp>((T*)source, (T*)target, first, end, columns) : first;
            for (; row < end; row++)
            {
                ((T*)target)[row] = RowReduction.ReduceRow<T, TOp>((T*)source + ((nint)row * columns), columns);
            }
        }

        public override void Block(byte* source, int count, byte* target) => *(T*)target = RowReduction.ReduceBlock<T, TOp>((T*)source, count);

        public override void Clear(byte* lanes, int count) => new Span<T>(lanes, count).Fill(TOp.Identity);

        public override void ClearLanes(byte* lanes, int columns) => ColumnReduction.Clear<T, TOp>((T*)lanes, columns);

        public override void AccumulateRows(byte* lanes, byte* rows, nint stride, int firstRow, int rowCount, int columns) =>
            ColumnReduction.AccumulateRows<T, TOp>((T*)lanes, (T*)rows, stride, firstRow, rowCount, columns);

        public override void FewRows(byte* rows, nint stride, int rowCount, int columns, byte* open, byte* target) =>
            FewRowsReduction.Run<T, TOp>((T*)rows, stride, rowCount, columns, (T*)open, (T*)target);

        public override void FoldLanes(byte* lanes, int columns, byte* target) => ColumnReduction.FoldLanes<T, TOp>((T*)lanes, columns, (T*)target);

        public override void FoldBlocks(byte* partials, int blocks, int results, bool blocksFirst, byte* target)
        {
            if (blocksFirst)
            {
                ColumnReduction.FoldTree<T, TOp>((T*)partials, blocks, results, (T*)target);
                return;
            }

            for (int result = 0; result < results; result++)
            {
                ((T*)target)[result] = RowReduction.FoldTree<T, TOp>((T*)partials + ((nint)result * blocks), blocks);
            }
        }
    }
}
