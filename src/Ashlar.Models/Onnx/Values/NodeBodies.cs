using Ashlar.Onnx.Protobuf;

namespace Ashlar.Onnx.Values;

/// <summary>The graphs inside nodes: branches and loops.</summary>
static class NodeBodies
{
    /// <summary>The graphs of a node's attributes.</summary>
    public static IEnumerable<GraphProto> Bodies(this NodeProto node) => node.Attribute.Where(attribute => attribute.G is not null).Select(attribute => attribute.G);
}
