using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Bounds of what an operator holds on the host or records of itself, so that a few bytes of a file ask for no more than that.</summary>
static class HostLimits
{
    const int MostElements = 1 << 26;

    const int MostParts = 1 << 16;

    /// <summary>A number of elements that are held on the host.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">For the message.</param>
    /// <exception cref="OnnxException">They are too many.</exception>
    public static int Elements(long count, string what) => count is >= 0 and <= MostElements ? (int)count : throw OperatorCall.Fault($"{what} would be {count} elements on the host, where {MostElements} are held at most. Give smaller extents.");

    /// <summary>A number of parts or taps that are recorded one by one.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">For the message.</param>
    /// <exception cref="OnnxException">They are too many.</exception>
    public static int Parts(long count, string what) => count is >= 0 and <= MostParts ? (int)count : throw OperatorCall.Fault($"{what} would be {count} steps of the graph, where {MostParts} are recorded at most. Give smaller extents.");
}
