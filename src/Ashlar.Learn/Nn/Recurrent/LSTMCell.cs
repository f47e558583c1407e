namespace Ashlar.Nn;

/// <summary>One step of <see cref="LSTM"/>.</summary>
public sealed class LSTMCell : RecurrentCell
{
    /// <param name="inputs">Features of x, ≥ 1.</param>
    /// <param name="hidden">Features of the state, ≥ 1.</param>
    /// <param name="bias">Whether there are b_ih and b_hh.</param>
    public LSTMCell(int inputs, int hidden, bool bias = true)
        : base(4, inputs, hidden, bias)
    {
    }

    /// <param name="x">[N, inputs].</param>
    /// <param name="state">h and c, [N, hidden] each, or null for 0.</param>
    /// <returns>The next state, [N, hidden] each.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Hidden, Tensor Cell) Forward(Tensor x, (Tensor Hidden, Tensor Cell)? state)
    {
        (Tensor gates, Tensor[] before) = Check(x, state?.Hidden, state?.Cell);
        Tensor[] next = RecurrentStep.Lstm(gates, Weights.FromState(before[0]), before[1]);
        return (next[0], next[1]);
    }

    /// <param name="x">[N, inputs].</param>
    /// <returns>h after 0, [N, hidden].</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, null).Hidden;
}
