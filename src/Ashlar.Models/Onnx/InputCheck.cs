using System.Globalization;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>Given inputs against declared ones. A symbolic axis has one extent wherever its name stands.</summary>
static class InputCheck
{
    /// <param name="ports">What the model declares.</param>
    /// <param name="inputs">What is given.</param>
    /// <param name="isFixed">Whether extents are those of the file. A module that is trained takes other batches than the exporter saw, and narrower floats where it computes in them.</param>
    /// <exception cref="OnnxException">All that does not fit, in one message.</exception>
    public static void Run(IReadOnlyList<OnnxPort> ports, IReadOnlyDictionary<string, OnnxValue> inputs, bool isFixed = true)
    {
        var faults = new List<string>();
        var casts = new List<string>();
        var extents = new Dictionary<string, (int Extent, string Input)>();
        foreach (OnnxPort port in ports)
        {
            if (!inputs.TryGetValue(port.Name, out OnnxValue? value))
            {
                if (!port.IsOptional)
                {
                    faults.Add($"'{port.Name}' is missing");
                }

                continue;
            }

            (OnnxDType Type, Shape Shape)? found = value switch
            {
                OnnxTensor tensor => (tensor.Type, tensor.Tensor.Shape),
                OnnxStrings text => (OnnxDType.String, text.Shape),
                _ => null,
            };
            if (port.Kind != "tensor" || found is not { } given)
            {
                continue;
            }

            if (port.Type != OnnxDType.Undefined && port.Type != given.Type && (isFixed || !IsNarrower(given.Type, port.Type)))
            {
                faults.Add($"'{port.Name}' is {given.Type}, declared as {port.Type}");
                casts.AddRange(port.Type == OnnxDType.String || port.Type.IsCarried || given.Type == OnnxDType.String ? [] : (string[])[$"To(DType.{port.Type})"]);
            }

            if (port.Axes is not { } axes)
            {
                continue;
            }

            if (axes.Count != given.Shape.Rank)
            {
                faults.Add($"'{port.Name}' is {given.Shape}, declared as [{string.Join(", ", axes)}]");
                continue;
            }

            for (int axis = 0; axis < axes.Count; axis++)
            {
                bool isNumber = int.TryParse(axes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out int extent);
                if (isNumber && isFixed && extent != given.Shape[axis])
                {
                    faults.Add($"'{port.Name}' is {given.Shape}, axis {axis} is declared as {extent}");
                }
                else if (!isNumber && axes[axis] != "?" && !extents.TryAdd(axes[axis], (given.Shape[axis], port.Name)) && extents[axes[axis]].Extent != given.Shape[axis])
                {
                    faults.Add($"axis '{axes[axis]}' is {extents[axes[axis]].Extent} in '{extents[axes[axis]].Input}' and {given.Shape[axis]} in '{port.Name}'");
                }
            }
        }

        faults.AddRange(inputs.Keys.Where(name => ports.All(port => port.Name != name)).Order(StringComparer.Ordinal).Select(name => $"'{name}' is no input of the model"));
        if (faults.Count > 0)
        {
            throw new OnnxException($"ONNX: the inputs do not fit: {string.Join("; ", faults)}. The model has {string.Join("; ", ports)}.{(casts.Count == 0 ? "" : $" Cast with {string.Join(", ", casts.Distinct())}.")}");
        }
    }

    static bool IsNarrower(OnnxDType given, OnnxDType declared) => !given.IsCarried && !declared.IsCarried && given != OnnxDType.String && declared != OnnxDType.String
        && given.Carrier.IsFloating && declared.Carrier.IsFloating && given.Carrier.ItemSize < declared.Carrier.ItemSize;
}
