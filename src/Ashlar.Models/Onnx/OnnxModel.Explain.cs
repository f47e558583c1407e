using System.Globalization;
using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Values;
using Ashlar.Schedule;

namespace Ashlar.Onnx;

/// <content>What a run is made of.</content>
public sealed partial class OnnxModel
{
    /// <summary>Layers and functions among the nodes that an exporter wrote out in small steps, those in bodies and functions included.</summary>
    public IReadOnlyList<OnnxPattern> Patterns => [.. _program.Patterns.Select(match => new OnnxPattern(match.Name, [.. match.Steps.Select(step => step.Name)]))];

    /// <summary>The launches of a run and why they are as they are, with the patterns that were recognised before them.</summary>
    /// <param name="axes">Extents of symbolic axes; those not named are 1. Axes without a name are named by input and number: <c>x.0</c>.</param>
    /// <exception cref="OnnxException">As for a run on zeros of these extents.</exception>
    public string Explain(IReadOnlyDictionary<string, int>? axes = null) => Explain(Zeros((port, axis) => Extent(port, axis, axes)));

    /// <summary>As <see cref="Explain(IReadOnlyDictionary{string, int}?)"/>, for a run on given values.</summary>
    /// <param name="inputs">A value for each input without one of its own.</param>
    /// <exception cref="OnnxException">As for a run.</exception>
    public string Explain(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        InputCheck.Run(Inputs, inputs);
        OnnxValue?[] given = [.. Inputs.Select(input => inputs.GetValueOrDefault(input.Name))];
        string patterns = string.Concat(Patterns.GroupBy(pattern => pattern.Name).Select(group => string.Create(CultureInfo.InvariantCulture, $"pattern: {group.Count()} × {group.Key}, {group.Sum(pattern => pattern.Nodes.Count)} nodes\n")));
        if ((_recorded.Find(given) ?? _recorded.Record(given)) is { } recorded)
        {
            return patterns + recorded.Explain();
        }

        var fresh = new FreshValues();
        OnnxValue[] results = _program.Run(given, null, RandomKey.FromSeed(Seed), fresh, null, Options.Budget(default));
        fresh.Compute();
        return $"{patterns}values decide what the run does, so it has several plans; the last one:\n{Evaluator.Explain([.. results.OfType<OnnxTensor>().Select(value => value.Tensor.Node)], [])}";
    }

    static int Extent(OnnxPort port, int axis, IReadOnlyDictionary<string, int>? axes) =>
        axes is not null && (axes.TryGetValue(port.Axes![axis], out int extent) || axes.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{port.Name}.{axis}"), out extent)) ? extent : 1;

    Dictionary<string, OnnxValue> Zeros(Func<OnnxPort, int, int> extent) => Inputs.Where(port => !port.IsOptional && port.Kind == "tensor").ToDictionary(port => port.Name, OnnxValue (port) =>
    {
        var shape = new Shape([.. (port.Axes ?? []).Select((axis, i) => int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : extent(port, i))]);
        OnnxDType type = port.Type == OnnxDType.Undefined ? OnnxDType.Float32 : port.Type;
        return type == OnnxDType.String ? new OnnxStrings(shape, [.. Enumerable.Repeat("", shape.Size)]) : new OnnxTensor(Tensor.Zeros(shape, type.Carrier), type);
    });
}
