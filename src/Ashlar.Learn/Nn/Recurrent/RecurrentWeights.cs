namespace Ashlar.Nn;

/// <summary>The parameters of one layer of a recurrent network in one direction, and its step.</summary>
/// <param name="Input">[gates · hidden, inputs].</param>
/// <param name="Recurrent">[gates · hidden, hidden].</param>
/// <param name="InputBias">[gates · hidden], or null.</param>
/// <param name="RecurrentBias">[gates · hidden], or null.</param>
sealed record RecurrentWeights(Parameter Input, Parameter Recurrent, Parameter? InputBias, Parameter? RecurrentBias)
{
    /// <summary>Makes them, each uniform in ±1/√hidden, and hands them to the module under PyTorch's names.</summary>
    public static RecurrentWeights Register(Action<string, Parameter> register, string suffix, int gates, int inputs, int hidden, bool bias)
    {
        double bound = 1 / Math.Sqrt(Math.Max(1, hidden));
        return new RecurrentWeights(Part("weight_ih", gates * hidden, inputs), Part("weight_hh", gates * hidden, hidden),
            bias ? Part("bias_ih", gates * hidden) : null, bias ? Part("bias_hh", gates * hidden) : null);

        Parameter Part(string name, params int[] extents)
        {
            var shape = new Shape(extents);
            var parameter = new Parameter(shape, key => Tensor.RandomUniform(key, shape, -bound, bound));
            register(name + suffix, parameter);
            return parameter;
        }
    }

    /// <summary>What the inputs give to the gates: x · Wᵀ + b, of all steps at once.</summary>
    public Tensor FromInput(Tensor x) => InputBias is null ? x.MatMul(Input.Tensor.T) : x.MatMul(Input.Tensor.T) + InputBias.Tensor;

    /// <summary>What the state gives to the gates.</summary>
    public Tensor FromState(Tensor h) => RecurrentBias is null ? h.MatMul(Recurrent.Tensor.T) : h.MatMul(Recurrent.Tensor.T) + RecurrentBias.Tensor;
}
