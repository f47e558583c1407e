using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ashlar.Primitives.Linalg;

/// <summary>A rectangle of numbers in memory: element (i, j) stands at i · RowStep + j · ColumnStep.</summary>
readonly ref struct MatrixView<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public MatrixView(Span<T> data, int rows, int columns, int rowStep, int columnStep = 1)
    {
        Data = data;
        Rows = rows;
        Columns = columns;
        RowStep = rowStep;
        ColumnStep = columnStep;
    }

    public Span<T> Data { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int RowStep { get; }

    public int ColumnStep { get; }

    public MatrixView<T> Transposed => new(Data, Columns, Rows, ColumnStep, RowStep);

    public ref T this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Data[(row * RowStep) + (column * ColumnStep)];
    }

    /// <summary>A row whose elements are neighbours, from a column on.</summary>
    public Span<T> Row(int row, int column = 0) => Data.Slice((row * RowStep) + column, Columns - column);

    public MatrixView<T> Block(int row, int column, int rows, int columns) => rows == 0 || columns == 0
        ? new([], rows, columns, RowStep, ColumnStep)
        : new(Data[((row * RowStep) + (column * ColumnStep))..], rows, columns, RowStep, ColumnStep);

    /// <summary>From (row, column) to the last corner.</summary>
    public MatrixView<T> From(int row, int column) => Block(row, column, Rows - row, Columns - column);

    /// <summary>A matrix on working memory, its rows apart as <see cref="StepOf"/> says and all of it zero.</summary>
    public static MatrixView<T> Take(ref Span<T> scratch, int rows, int columns)
    {
        int step = StepOf(columns);
        Span<T> data = scratch[..(rows * step)];
        scratch = scratch[(rows * step)..];
        data.Clear();
        return new(data, rows, columns, step);
    }

    /// <summary>Elements from one row of a working matrix to the next: beyond each row stand 16 zeros or more, which a kernel may read and write as such.</summary>
    public static int StepOf(int columns) => ((columns + 15) / 16 * 16) + 16;

    /// <summary>Elements that <see cref="Take"/> takes.</summary>
    public static int SizeOf(int rows, int columns) => rows * StepOf(columns);
}
