using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>What gathers and scatters ask of their indices.</summary>
public static class IndexRules
{
    /// <summary>The error of an index that lies outside.</summary>
    public static ArgumentException Outside(string operation, long index, int axis, int extent) => new(extent == 0
        ? $"{operation}: index {index} along axis {axis}, which has no elements. Give no indices, or check the extents."
        : $"{operation}: index {index} lies outside {-extent} … {extent - 1} along axis {axis} of extent {extent}. Check the labels or indices against the extent of the axis.");

    /// <summary>The whole number that the bits of an int32 or int64 element stand for.</summary>
    internal static long Value(HostArray index, long at) => index.Type == DType.Int32 ? (int)index[(int)at] : index[(int)at];
}
