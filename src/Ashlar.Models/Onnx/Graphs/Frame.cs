using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>The values of one run of a graph.</summary>
/// <param name="slots">How many.</param>
/// <param name="chance">Draws every random step's.</param>
sealed class Frame(int slots, RandomKey chance)
{
    /// <summary>By slot; null where not computed yet or let go.</summary>
    public OnnxValue?[] Values { get; } = new OnnxValue?[slots];

    /// <summary>Whether a value depends on constants and shapes alone.</summary>
    public bool[] Known { get; } = new bool[slots];

    public RandomKey Chance => chance;

    /// <summary>Computes all tensors among some values in one plan.</summary>
    public static void Compute(IEnumerable<OnnxValue> values)
    {
        Tensor[] tensors = [.. values.SelectMany(Tensors)];
        if (tensors.Length > 0)
        {
            Tensor.Eval(tensors);
        }
    }

    static IEnumerable<Tensor> Tensors(OnnxValue value) => value switch
    {
        OnnxTensor tensor => [tensor.Tensor],
        OnnxSequence sequence => sequence.Items.SelectMany(Tensors),
        OnnxOptional { Value: { } inner } => Tensors(inner),
        _ => [],
    };
}
