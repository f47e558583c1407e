using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>The body of a control operator, bound to the values around it.</summary>
interface ISubgraph
{
    /// <summary>Number of inputs.</summary>
    int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    int Outputs { get; }

    /// <summary>What the body says of an output before it runs: its element type and extents, 0 where it names none; null where it says nothing.</summary>
    /// <param name="output">Number of the output.</param>
    (OnnxDType Type, int[] Extents)? Declared(int output);

    /// <summary>Records the body once.</summary>
    /// <param name="inputs">One for each input; null only where a function may do without.</param>
    OnnxValue[] Run(ReadOnlySpan<OnnxValue?> inputs);
}
