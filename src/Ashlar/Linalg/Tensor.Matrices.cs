using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Matrices by their shape: diagonals and triangles.</content>
public sealed partial class Tensor
{
    /// <summary>Ones on a diagonal of [rows, columns], zeros elsewhere.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns; null is as many as rows.</param>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <param name="type">Element type.</param>
    public static Tensor Eye(int rows, int? columns = null, int offset = 0, DType type = DType.Float32)
    {
        var shape = new Shape(rows, columns ?? rows);
        Node shifted = Op.Add(Op.Iota(shape, 0), Op.Number(DType.Int32, offset));
        return new Tensor(Op.Cast(Op.Equal(shifted, Op.Iota(shape, 1)), type));
    }

    /// <summary>The elements on and below a diagonal of the last two axes, zeros above it.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    public Tensor Tril(int offset = 0) => Move(Matrix("Tril"), x => Op.Tril(x, offset));

    /// <summary>The elements on and above a diagonal of the last two axes, zeros below it.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    public Tensor Triu(int offset = 0) => Move(Matrix("Triu"), x => Op.Triu(x, offset));

    /// <summary>A diagonal of the last two axes as the last axis.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    public Tensor Diagonal(int offset = 0) => Move(Matrix("Diagonal"), x => Op.Diagonal(x, offset));

    /// <summary>[..., n + |offset|, n + |offset|] with the last axis of [..., n] on a diagonal and zeros elsewhere.</summary>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    /// <exception cref="ShapeException">The tensor is a single number.</exception>
    public Tensor DiagEmbed(int offset = 0)
    {
        if (Rank == 0)
        {
            throw new ShapeException($"DiagEmbed: {Shape} is a single number. Give at least one axis: [..., n].");
        }

        int[] none = new int[Rank + 1];
        int away = Math.Abs(offset);
        int[] low = [.. none[..^2], offset < 0 ? away : 0, offset > 0 ? away : 0];
        int[] high = [.. none[..^2], offset > 0 ? away : 0, offset < 0 ? away : 0];
        return Move(this, x => Op.Pad(Op.DiagonalMatrix(x), low, high, none, 0));
    }

    /// <summary>Rows and columns of the places on and below a diagonal of [rows, columns], row by row; two vectors, int64.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns; null is as many as rows.</param>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    public static (Tensor Rows, Tensor Columns) TrilIndices(int rows, int? columns = null, int offset = 0) =>
        Indices(rows, columns ?? rows, (row, column) => column <= (long)row + offset);

    /// <summary>Rows and columns of the places on and above a diagonal of [rows, columns], row by row; two vectors, int64.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns; null is as many as rows.</param>
    /// <param name="offset">Which diagonal: 0 is the main one, positive ones stand above it.</param>
    public static (Tensor Rows, Tensor Columns) TriuIndices(int rows, int? columns = null, int offset = 0) =>
        Indices(rows, columns ?? rows, (row, column) => column >= (long)row + offset);

    static (Tensor Rows, Tensor Columns) Indices(int rows, int columns, Func<int, int, bool> chosen)
    {
        var places = new List<(long Row, long Column)>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (chosen(row, column))
                {
                    places.Add((row, column));
                }
            }
        }

        return (From([.. places.Select(place => place.Row)], places.Count), From([.. places.Select(place => place.Column)], places.Count));
    }

    Tensor Matrix(string operation) => Rank >= 2
        ? this
        : throw new ShapeException($"{operation}: {Shape} is no matrix. Give at least two axes: [..., rows, columns].");
}
