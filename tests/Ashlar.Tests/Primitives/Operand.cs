using Ashlar.Ir;
using Ashlar.Runtime;
using Ashlar.Scalars;

namespace Ashlar.Tests.Primitives;

/// <summary>An operand of a row of the table: its shape, and the range from which fixed random elements are drawn.</summary>
/// <param name="Shape">Extents.</param>
/// <param name="Low">Smallest element.</param>
/// <param name="High">Upper bound of the elements.</param>
/// <param name="Type">A dtype of its own, or null for the row's.</param>
public sealed record Operand(Shape Shape, double Low, double High, DType? Type = null)
{
    /// <summary>Added to the diagonal of each matrix of the last two axes: keeps matrices regular and their spectra apart.</summary>
    public double[] Diagonal { get; init; } = [];

    public double[] Draw(uint seed, int size, DType type)
    {
        var words = new RandomWords(new RandomKey(seed, 77));
        var values = new double[size];
        for (int i = 0; i < size; i++)
        {
            double value = Low + ((High - Low) * words.Next() / 4294967296.0);
            values[i] = (Type ?? type).IsFloating ? value : Math.Floor(value);
        }

        for (int i = 0; Diagonal.Length > 0 && i < size; i += Shape[^2] * Shape[^1])
        {
            for (int k = 0; k < Diagonal.Length; k++)
            {
                values[i + (k * (Shape[^1] + 1))] += Diagonal[k];
            }
        }

        return values;
    }

    public static unsafe Node Constant(double[] values, Shape shape, DType type)
    {
        Storage storage = Storage.Allocate((nint)shape.Size * type.ItemSize);
        var bytes = new Span<byte>(storage.Pointer, shape.Size * type.ItemSize);
        for (int i = 0; i < values.Length; i++)
        {
            BitConverter.GetBytes(ScalarBits.FromDouble(type, values[i])).AsSpan(0, type.ItemSize).CopyTo(bytes[(i * type.ItemSize)..]);
        }

        return Node.Constant(storage, shape, type);
    }

    public Node Constant(uint seed, DType type) => Constant(Draw(seed, Shape.Size, type), Shape, Type ?? type);

    /// <summary>Three rows, each as <see cref="Constant(uint, DType)"/> would draw it with its own seed, and all of them as one batch.</summary>
    public (Node Batch, Node[] Rows) Batch(uint seed, DType type)
    {
        var all = new List<double>();
        var rows = new Node[3];
        for (uint i = 0; i < rows.Length; i++)
        {
            double[] row = Draw(seed + (100 * i), Shape.Size, type);
            all.AddRange(row);
            rows[i] = Constant(row, Shape, Type ?? type);
        }

        return (Constant([.. all], new Shape([rows.Length, .. Shape]), Type ?? type), rows);
    }
}
