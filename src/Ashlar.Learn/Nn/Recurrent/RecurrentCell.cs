namespace Ashlar.Nn;

/// <summary>One step of a recurrent network: what <see cref="RNNCell"/>, <see cref="LSTMCell"/> and <see cref="GRUCell"/> share.</summary>
/// <remarks>Parameters <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>; first values uniform in ±1/√hidden.</remarks>
public abstract class RecurrentCell : Module
{
    readonly int _inputs;
    readonly int _hidden;

    private protected RecurrentCell(int gates, int inputs, int hidden, bool bias)
    {
        (_inputs, _hidden) = (inputs.AtLeast(1, nameof(inputs)), hidden.AtLeast(1, nameof(hidden)));
        Weights = RecurrentWeights.Register((name, parameter) => Register(name, parameter), "", gates, inputs, hidden, bias);
    }

    private protected RecurrentWeights Weights { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new {GetType().Name}({_inputs}, {_hidden}{Spatial.Given("bias", Weights.InputBias is not null, true)})";

    // The input's part of the gates, and the states as [N, hidden].
    private protected (Tensor Gates, Tensor[] State) Check(Tensor x, params Tensor?[] state)
    {
        if (x.Rank != 2 || x.Shape[1] != _inputs)
        {
            throw new ShapeException($"{GetType().Name}: the input is {x.Shape}, wanted [N, {_inputs}]. Give one step of each sequence.");
        }

        var wanted = new Shape(x.Shape[0], _hidden);
        Tensor[] states = [.. state.Select(part => part is null ? Tensor.Zeros(wanted, x.DType) : part.Shape.Equals(wanted) ? part
            : throw new ShapeException($"{GetType().Name}: the state is {part.Shape}, wanted {wanted} for the input {x.Shape}. Give the state that the cell returned."))];
        return (Weights.FromInput(x), states);
    }
}
