namespace Ashlar.Nn;

/// <summary>One step of <see cref="RNN"/>: h ← tanh(x · W_ihᵀ + b_ih + h · W_hhᵀ + b_hh).</summary>
public sealed class RNNCell : RecurrentCell
{
    /// <param name="inputs">Features of x, ≥ 1.</param>
    /// <param name="hidden">Features of the state, ≥ 1.</param>
    /// <param name="bias">Whether there are b_ih and b_hh.</param>
    public RNNCell(int inputs, int hidden, bool bias = true)
        : base(1, inputs, hidden, bias)
    {
    }

    /// <param name="x">[N, inputs].</param>
    /// <param name="state">[N, hidden], or null for 0.</param>
    /// <returns>The next state, [N, hidden].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? state)
    {
        (Tensor gates, Tensor[] before) = Check(x, state);
        return RecurrentStep.Elman(gates, Weights.FromState(before[0]), rectified: false)[0];
    }

    /// <param name="x">[N, inputs].</param>
    /// <returns>The state after 0, [N, hidden].</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, null);
}
