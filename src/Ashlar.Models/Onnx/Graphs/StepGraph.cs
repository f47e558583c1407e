using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>How the steps of a program hang together: who gives a value, who reads it, which are constants.</summary>
sealed class StepGraph
{
    readonly Dictionary<int, Step> _producers = [];
    readonly Dictionary<int, List<Step>> _readers = [];
    readonly HashSet<int> _kept;
    readonly IReadOnlyDictionary<int, OnnxValue> _constants;

    /// <param name="steps">In their order.</param>
    /// <param name="kept">Slots that are read outside of them: results, and what bodies read.</param>
    /// <param name="constants">Values that are the same in every run, computed.</param>
    public StepGraph(IReadOnlyList<Step> steps, IEnumerable<int> kept, IReadOnlyDictionary<int, OnnxValue> constants)
    {
        (Steps, _kept, _constants) = (steps, [.. kept], constants);
        foreach (Step step in steps)
        {
            foreach (int slot in step.Outputs)
            {
                if (slot >= 0)
                {
                    _producers[slot] = step;
                }
            }

            foreach (int slot in step.Inputs.Where(slot => slot >= 0).Distinct())
            {
                if (!_readers.TryGetValue(slot, out List<Step>? readers))
                {
                    _readers[slot] = readers = [];
                }

                readers.Add(step);
            }
        }
    }

    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Whether a value is read outside of the steps.</summary>
    public bool IsKept(int slot) => _kept.Contains(slot);

    public IReadOnlyList<Step> Readers(int slot) => _readers.GetValueOrDefault(slot, []);

    /// <summary>The step that gives a value, if it is one of ONNX's own operators and of these names.</summary>
    public Step? Producer(int slot, params ReadOnlySpan<string> operators) => _producers.TryGetValue(slot, out Step? step) && Is(step, operators) ? step : null;

    /// <summary>The step that alone reads a value, if it is of these names.</summary>
    public Step? OnlyReader(int slot, params ReadOnlySpan<string> operators) => !IsKept(slot) && Readers(slot) is [Step step] && Is(step, operators) ? step : null;

    /// <summary>Whether a step is one of ONNX's own operators and of these names, and has the inputs and the result that it must have: damaged files have steps without.</summary>
    public static bool Is(Step step, params ReadOnlySpan<string> operators) =>
        step.Operator.Domain.Length == 0 && step.Bodies.Count == 0 && operators.Contains(step.Operator.Name) && step.Outputs is [>= 0, ..] && step.Inputs.Length >= Operands(step) && !step.Inputs.AsSpan(0, Operands(step)).Contains(-1);

    static int Operands(Step step) => step.Operator.Name switch { "Where" => 3, "MatMul" or "Add" or "Sub" or "Mul" or "Div" or "Pow" => 2, _ => 1 };

    /// <summary>Whether a step computes the value; constants, inputs and weights are not computed.</summary>
    public bool IsComputed(int slot) => _producers.ContainsKey(slot);

    /// <summary>The other operand of a step of two.</summary>
    public static int Other(Step step, int slot) => step.Inputs.Length == 2 ? step.Inputs[0] == slot ? step.Inputs[1] : step.Inputs[0] : -1;

    /// <summary>The single number that a constant holds, or null.</summary>
    public double? Number(int slot) => _constants.TryGetValue(slot, out OnnxValue? value) && value is OnnxTensor { Tensor: { Size: 1 } tensor }
        ? tensor.DType switch { DType.Float32 => tensor.ToArray<float>()[0], DType.Float64 => tensor.ToArray<double>()[0], DType.Int64 => tensor.ToArray<long>()[0], _ => null }
        : null;

    /// <summary>Whether a constant holds a number, as exporters round it.</summary>
    public bool IsNumber(int slot, double wanted) => Number(slot) is { } number && Math.Abs(number - wanted) <= 1e-4 * Math.Abs(wanted);

    /// <summary>The axes of a reduction that stay the same, or null.</summary>
    public long[]? Axes(Step reduction) => reduction.Attributes.Ints("axes") is { } axes ? axes
        : reduction.Inputs.Length > 1 && _constants.TryGetValue(reduction.Inputs[1], out OnnxValue? value) && value is OnnxTensor { Tensor: { DType: DType.Int64 } tensor } ? tensor.ToArray<long>() : null;
}
