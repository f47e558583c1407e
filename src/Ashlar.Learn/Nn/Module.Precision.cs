namespace Ashlar.Nn;

/// <content>Mixed precision: what <see cref="MixedPrecision"/> sets.</content>
public abstract partial class Module
{
    // The dtype of the inputs and of the parameters as this module sees them; null leaves both as they are.
    internal DType? ComputeType { get; set; }

    internal DType? OutputType { get; set; }

    internal bool HasOwnParameters => _parameters.Count > 0;

    Tensor ToCompute(Tensor x) => ComputeType is { } type && x.DType.IsFloating ? x.To(type) : x;

    Tensor ToOutput(Tensor y) => OutputType is { } type && y.DType.IsFloating ? y.To(type) : y;
}
