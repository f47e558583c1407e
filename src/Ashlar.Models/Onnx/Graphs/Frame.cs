using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>The values of one run of a graph.</summary>
/// <param name="slots">How many.</param>
/// <param name="chance">Draws every random step's; null where the run is recorded for many.</param>
sealed class Frame(int slots, RandomKey? chance)
{
    /// <summary>By slot; null where not computed yet or let go.</summary>
    public OnnxValue?[] Values { get; } = new OnnxValue?[slots];

    /// <summary>Whether a value depends on constants and shapes alone.</summary>
    public bool[] Known { get; } = new bool[slots];

    /// <summary>What the run may still cost; null for anything.</summary>
    public RunBudget? Budget { get; init; }

    /// <summary>Whether the run is recorded on stand-ins, for many: nothing may be drawn, nor read that depends on an input.</summary>
    public bool IsRecorded => chance is null;

    /// <summary>What a step or a body draws from.</summary>
    /// <param name="number">Of the step or of the body's run.</param>
    public RandomKey? Chance(int number) => chance?.Fold(number);

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
