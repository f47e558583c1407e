using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>A node of a model, ready to run: its operator, and where its inputs and outputs lie.</summary>
/// <param name="Name">The node's name, or that of its first output.</param>
/// <param name="Operator">What it does.</param>
/// <param name="Opset">The version of its domain.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Inputs">Slots; -1 where left out.</param>
/// <param name="Outputs">Slots; -1 where nobody asks.</param>
/// <param name="Bodies">The graphs among its attributes, and under "" the function that it calls.</param>
/// <param name="Number">Its place in the model, from which its chance is drawn.</param>
sealed record Step(string Name, Operator Operator, int Opset, OperatorAttributes Attributes, int[] Inputs, int[] Outputs, IReadOnlyDictionary<string, GraphProgram> Bodies, int Number)
{
    const int Remembered = 4;

    readonly List<(object[] Inputs, OnnxValue?[] Outputs)> _memory = [];

    /// <summary>The names of its outputs in the file; "" where left out.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Slots that no later step reads.</summary>
    public int[] Dead { get; set; } = [];

    /// <summary>Whether equal inputs give equal outputs.</summary>
    public bool IsPure => !Operator.IsRandom && Bodies.Count == 0;

    /// <summary>The results for inputs that were seen before, compared by identity, shapes by value.</summary>
    public OnnxValue?[]? Recall(object[] inputs)
    {
        lock (_memory)
        {
            foreach ((object[] seen, OnnxValue?[] outputs) in _memory)
            {
                if (Same(seen, inputs))
                {
                    return outputs;
                }
            }

            return null;
        }
    }

    public void Remember(object[] inputs, OnnxValue?[] outputs)
    {
        lock (_memory)
        {
            if (_memory.Count == Remembered)
            {
                _memory.RemoveAt(0);
            }

            _memory.Add((inputs, outputs));
        }
    }

    static bool Same(object[] a, object[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (!(ReferenceEquals(a[i], b[i]) || (a[i] is Shape shape && shape.Equals(b[i]))))
            {
                return false;
            }
        }

        return true;
    }
}
