using System.Globalization;
using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Schedule;

/// <summary>Finds the operation that made the first NaN or infinity of a graph whose nodes are all computed.</summary>
static class NumericsSearch
{
    /// <param name="order">The nodes, each with its operands (which it lets go once it is computed), operands before what reads them.</param>
    /// <param name="checks">What is looked for.</param>
    /// <exception cref="NumericsException">It was found.</exception>
    public static void Run(IEnumerable<(Node Node, Node[] Operands)> order, NumericsChecks checks)
    {
        foreach ((Node node, Node[] operands) in order)
        {
            (int first, int count) = Bad(node, checks);
            if (count > 0)
            {
                throw new NumericsException(Message(node, operands, first, count));
            }
        }
    }

    static unsafe (int First, int Count) Bad(Node node, NumericsChecks checks)
    {
        (int first, int count) = (-1, 0);
        for (int i = 0; node.Type.IsFloating && node.Value is not null && i < node.Shape.Size; i++)
        {
            double value = ElementAt(node, i);
            if (double.IsNaN(value) || (checks == NumericsChecks.NaNAndInfinity && double.IsInfinity(value)))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        return (first, count);
    }

    static string Message(Node node, Node[] inputs, int first, int count)
    {
        string place = $"[{string.Join(", ", Coordinates(node.Shape, first))}]";
        string what = $"{Text(ElementAt(node, first))} at {place} of {node.Type.Name}{node.Shape}" + (count > 1 ? string.Create(CultureInfo.InvariantCulture, $", the first of {count}") : "");
        if (node.Primitive.Lowering == Lowering.Source)
        {
            string leaf = node.Variable is { } variable ? $"variable '{variable.Name}'" : "a given tensor";
            return $"Numerics: {leaf} holds {what}. Look at where it comes from: the data, the initial values, or the last step.";
        }

        var operands = new List<string>();
        foreach (Node input in inputs)
        {
            operands.Add(input.Value is not null && input.Type.IsFloating && input.Shape.Equals(node.Shape) ? Text(ElementAt(input, first)) : $"{input.Type.Name}{input.Shape}");
        }

        string at = node.Origin is { } origin ? origin.StartsWith("the gradient", StringComparison.Ordinal) ? $", in {origin}," : $" at {origin}" : "";
        return $"Numerics: {node.Primitive.Name}{at} gives {what}, from {string.Join(" and ", operands)}. Its operands were sound: keep them in the domain of the operation, by clipping or another form.";
    }

    static unsafe double ElementAt(Node node, int index)
    {
        byte* pointer = node.Value!.Pointer + ((nint)index * node.Type.ItemSize);
        long bits = node.Type.ItemSize switch
        {
            2 => *(ushort*)pointer,
            4 => *(uint*)pointer,
            _ => *(long*)pointer,
        };
        return ScalarBits.ToDouble(node.Type, bits);
    }

    static int[] Coordinates(Shape shape, int index)
    {
        int[] strides = shape.Strides();
        return [.. strides.Select((stride, axis) => index / stride % shape[axis])];
    }

    static string Text(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "+∞" : "-∞") : value.ToString("G9", CultureInfo.InvariantCulture);
}
