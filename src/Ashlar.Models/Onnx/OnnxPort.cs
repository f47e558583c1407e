using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>An input or output of a model as the model declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">tensor, sequence, optional or map.</param>
/// <param name="Type">Element type of a tensor, also inside a sequence or optional.</param>
/// <param name="Axes">For each axis its extent, the name of a symbolic one, or "?"; null where nothing is declared.</param>
/// <param name="IsOptional">Whether the model holds a value that is taken where none is given.</param>
public sealed record OnnxPort(string Name, string Kind, OnnxDType Type, IReadOnlyList<string>? Axes, bool IsOptional)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(Kind == "tensor" ? "" : Kind + " of ")}{Type}{(Axes is null ? "" : $"[{string.Join(", ", Axes)}]")}";

    internal static OnnxPort Of(ValueInfoProto info, bool isOptional)
    {
        (string kind, TypeProto.Types.Tensor? tensor) = Inner(info.Type, 0);
        return new OnnxPort(info.Name, kind, (OnnxDType)(tensor?.ElemType ?? 0),
            tensor?.Shape?.Dim.Select(axis => axis.HasDimValue ? axis.DimValue.ToString(System.Globalization.CultureInfo.InvariantCulture) : axis.DimParam.Length > 0 ? axis.DimParam : "?").ToArray(), isOptional);
    }

    static (string Kind, TypeProto.Types.Tensor? Tensor) Inner(TypeProto? type, int depth) => type switch
    {
        { TensorType: { } tensor } => ("tensor", tensor),
        { SequenceType: { ElemType: var element } } => ("sequence", Inner(element, depth + 1).Tensor),
        { OptionalType: { ElemType: var element } } => (element?.SequenceType is null ? "optional" : "optional sequence", Inner(element, depth + 1).Tensor),
        { MapType: not null } => ("map", null),
        _ => ("tensor", null),
    };
}
