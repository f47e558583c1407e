using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>The body of a control operator, bound to the values around it.</summary>
interface ISubgraph
{
    /// <summary>Number of inputs.</summary>
    int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    int Outputs { get; }

    /// <summary>Records the body once.</summary>
    /// <param name="inputs">One for each input; null only where a function may do without.</param>
    OnnxValue[] Run(ReadOnlySpan<OnnxValue?> inputs);
}
