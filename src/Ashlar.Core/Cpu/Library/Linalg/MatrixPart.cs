namespace Ashlar.Cpu.Library.Linalg;

/// <summary>A rectangle of numbers in memory: element (i, j) stands at i · RowStep + j · ColumnStep.</summary>
readonly unsafe struct MatrixPart<T>(T* data, int rows, int columns, nint rowStep, nint columnStep = 1)
    where T : unmanaged
{
    public T* Data { get; } = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint RowStep { get; } = rowStep;

    public nint ColumnStep { get; } = columnStep;

    public MatrixPart<T> Transposed => new(Data, Columns, Rows, ColumnStep, RowStep);

    public T* At(int row, int column) => Data + (row * RowStep) + (column * ColumnStep);

    public MatrixPart<T> Block(int row, int column, int rows, int columns) => new(At(row, column), rows, columns, RowStep, ColumnStep);
}
