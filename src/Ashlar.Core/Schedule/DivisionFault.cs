using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>Says which integer division of a graph met a zero, after the plan threw: a kernel of many operations cannot tell.</summary>
static class DivisionFault
{
    static readonly HashSet<Primitive> Divisions = [ArithmeticMaps.Divide, DivisionMaps.FloorDivide, DivisionMaps.Remainder, DivisionMaps.Fmod];

    /// <summary>The error with the first division whose divisor holds a zero; inside a loop or branch it cannot be found again.</summary>
    /// <param name="graph">The graph whose plan threw.</param>
    /// <param name="thrown">What it threw.</param>
    public static DivideByZeroException Explain(RecordedGraph graph, DivideByZeroException thrown)
    {
        foreach (Node node in graph.Order.Where(node => node.IsPending && node.Type.IsInteger && Divisions.Contains(node.Primitive)).ToArray())
        {
            Node divisor = node.Inputs[1];
            if (FirstZero(divisor) is >= 0 and int index)
            {
                int[] strides = divisor.Shape.Strides();
                string place = string.Join(", ", strides.Select((stride, axis) => index / stride % divisor.Shape[axis]));
                string at = node.Origin is { } origin ? $" at {origin}" : "";
                string remedy = node.Origin is null ? " Numerics.Check() tells the line that recorded it." : "";
                return new DivideByZeroException(
                    $"{node.Primitive.Name}{at}: the divisor {divisor.Type.Name}{divisor.Shape} is 0 at [{place}]. Keep zeros out of it with Where or Maximum, or divide floating numbers.{remedy}", thrown);
            }
        }

        return new DivideByZeroException("Evaluate: an integer is divided by 0 inside a loop or a branch. Keep zeros out of the divisor with Where or Maximum, or divide floating numbers.", thrown);
    }

    static unsafe int FirstZero(Node node)
    {
        Storage value = Evaluator.Value(node);
        int width = node.Type.ItemSize;
        int index = 0;
        while (index < node.Shape.Size && new ReadOnlySpan<byte>(value.Pointer + ((nint)index * width), width).ContainsAnyExcept((byte)0))
        {
            index++;
        }

        GC.KeepAlive(value);
        return index < node.Shape.Size ? index : -1;
    }
}
