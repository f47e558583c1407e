using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>What gathers and scatters ask of their indices.</summary>
public static class IndexRules
{
    /// <summary>The error of an index that lies outside.</summary>
    public static ArgumentException Outside(string operation, long index, int extent) =>
        new($"{operation}: index {index} lies outside 0 … {extent - 1}. Check the labels or indices against the extent of the axis.");

    internal static void Check(string operation, Shape shape, Node index)
    {
        if (index.Type is not (DType.Int32 or DType.Int64))
        {
            throw new DTypeException($"{operation}: indices are {index.Type.Name}. Cast them to int32 or int64.");
        }

        bool fits = shape.Rank > 0 && shape.Rank == index.Shape.Rank;
        for (int axis = 0; fits && axis < shape.Rank - 1; axis++)
        {
            fits = shape[axis] == index.Shape[axis];
        }

        if (!fits)
        {
            throw new ShapeException($"{operation}: {shape} and indices {index.Shape} differ before the last axis. Make all axes but the last equal.");
        }
    }

    internal static int Place(string operation, long index, int extent) =>
        (ulong)index < (ulong)extent ? (int)index : throw Outside(operation, index, extent);
}
