using System.Runtime.InteropServices;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>Two models on the same inputs, node by node.</summary>
/// <remarks>
/// Nodes belong together that have the same operator and name of their first value. Where fewer than half of the smaller model's nodes find a partner so,
/// as when two programs wrote the same network, the order decides: the longest common sequence of values with the same bits, then of operators of the same shape.
/// </remarks>
/// <param name="Nodes">What belongs together, in the order of the first model.</param>
/// <param name="Outputs">The outputs of the models, by name, else by place.</param>
/// <param name="OnlyFirst">Names of the first model's nodes without a partner.</param>
/// <param name="OnlySecond">The same of the second.</param>
public sealed record OnnxComparison(IReadOnlyList<OnnxNodeComparison> Nodes, IReadOnlyList<OnnxNodeComparison> Outputs, IReadOnlyList<string> OnlyFirst, IReadOnlyList<string> OnlySecond)
{
    /// <summary>Runs both models and compares all that they compute.</summary>
    /// <param name="first">What <paramref name="second"/> is held against.</param>
    /// <param name="second">Takes the same inputs, by name or, where its names are others, in the same order.</param>
    /// <param name="inputs">By the names of the first model.</param>
    /// <exception cref="OnnxException">The models take different numbers of inputs, or one of them fails on these.</exception>
    public static OnnxComparison Of(OnnxModel first, OnnxModel second, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        IReadOnlyList<OnnxNodeValues> one = first.Trace(inputs);
        IReadOnlyList<OnnxNodeValues> two = second.Trace(Renamed(first, second, inputs));
        OnnxNodeValues[] a = [.. one.Where(IsCompared)];
        OnnxNodeValues[] b = [.. two.Where(IsCompared)];
        (int First, int Second)[] pairs = NodeMatching.Of(a, b);
        HashSet<int> mine = [.. pairs.Select(pair => pair.First)];
        HashSet<int> theirs = [.. pairs.Select(pair => pair.Second)];
        OnnxNodeComparison[] nodes = [.. pairs.SelectMany(pair => a[pair.First].Outputs.Zip(b[pair.Second].Outputs).Select(values => Compare(a[pair.First].Operator, a[pair.First].Name, b[pair.Second].Name, values.First.Value, values.Second.Value)))];
        Dictionary<string, OnnxValue> wanted = Results(first, one, inputs);
        Dictionary<string, OnnxValue> got = Results(second, two, inputs);
        return new OnnxComparison(
            nodes,
            [.. first.Outputs.Select((port, i) => (port.Name, Other: got.ContainsKey(port.Name) || i >= second.Outputs.Count ? port.Name : second.Outputs[i].Name)).Where(pair => got.ContainsKey(pair.Other)).Select(pair => Compare("output", pair.Name, pair.Other, wanted[pair.Name], got[pair.Other]))],
            [.. a.Where((_, i) => !mine.Contains(i)).Select(node => node.Name)],
            [.. b.Where((_, i) => !theirs.Contains(i)).Select(node => node.Name)]);
    }

    /// <summary>The first node that differs, in the order in which the first model computes them; null where none does.</summary>
    /// <param name="tolerance">See <see cref="OnnxNodeComparison.Differs"/>.</param>
    public OnnxNodeComparison? FirstDifference(double tolerance = 0) => Nodes.Concat(Outputs).FirstOrDefault(node => node.Differs(tolerance));

    // A constant is no step of a computation; what reads it is.
    static bool IsCompared(OnnxNodeValues node) => node.Operator != "Constant" && node.Outputs.Count > 0;

    static IReadOnlyDictionary<string, OnnxValue> Renamed(OnnxModel first, OnnxModel second, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        if (inputs.Keys.All(name => second.Inputs.Any(port => port.Name == name)))
        {
            return inputs;
        }

        OnnxPort[] from = [.. first.Inputs.Where(port => inputs.ContainsKey(port.Name))];
        OnnxPort[] to = [.. second.Inputs.Where(port => !port.IsOptional)];
        return from.Length == to.Length
            ? from.Zip(to).ToDictionary(pair => pair.Second.Name, pair => inputs[pair.First.Name])
            : throw new OnnxException($"ONNX: the first model takes {string.Join("; ", first.Inputs)}, the second {string.Join("; ", second.Inputs)}. Compare models that take the same inputs.");
    }

    static Dictionary<string, OnnxValue> Results(OnnxModel model, IReadOnlyList<OnnxNodeValues> nodes, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        var all = new Dictionary<string, OnnxValue>(inputs);
        foreach ((string name, OnnxValue value) in nodes.SelectMany(node => node.Outputs))
        {
            all[name] = value;
        }

        return model.Outputs.Where(port => all.ContainsKey(port.Name)).ToDictionary(port => port.Name, port => all[port.Name]);
    }

    internal static OnnxNodeComparison Compare(string op, string first, string second, OnnxValue a, OnnxValue b)
    {
        if (a is not OnnxTensor { Tensor: var x } one || b is not OnnxTensor { Tensor: var y } two)
        {
            string? words = ValueDifference.Of(b, a, 0, shapesOnly: false);
            return new OnnxNodeComparison(op, first, second, a.ToString(), 0, words is null ? 0 : double.PositiveInfinity, words is null ? 0 : 1, 1, words);
        }

        if (one.Type != two.Type || !x.Shape.Equals(y.Shape))
        {
            return new OnnxNodeComparison(op, first, second, a.ToString(), 0, double.PositiveInfinity, x.Size, x.Size, $"{one} against {two}");
        }

        (double[] wanted, double[] got) = (ValueDifference.Numbers(x), ValueDifference.Numbers(y));
        double largest = 0;
        double difference = 0;
        long differing = 0;
        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(got);
        for (int i = 0; i < wanted.Length; i++)
        {
            largest = double.IsFinite(wanted[i]) ? Math.Max(largest, Math.Abs(wanted[i])) : largest;
            if (BitConverter.DoubleToInt64Bits(wanted[i]) != bits[i] && !(double.IsNaN(wanted[i]) && double.IsNaN(got[i])))
            {
                double apart = Math.Abs(wanted[i] - got[i]);
                difference = Math.Max(difference, double.IsNaN(apart) ? double.PositiveInfinity : apart);
                differing++;
            }
        }

        return new OnnxNodeComparison(op, first, second, a.ToString(), largest, difference, differing, wanted.Length, null);
    }
}
