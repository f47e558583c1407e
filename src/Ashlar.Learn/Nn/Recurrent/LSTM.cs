namespace Ashlar.Nn;

/// <summary>Long short-term memory: i, f, o = σ(…), g = tanh(…), c ← f · c + i · g, h ← o · tanh(c).</summary>
/// <remarks>Hochreiter, Schmidhuber 1997; Gers et al. 2000 for f. Rows of the weights are i, f, g, o. Shapes, states and names: see <see cref="Recurrent"/>.</remarks>
public sealed class LSTM : Recurrent
{
    /// <param name="inputs">Features of x, ≥ 1.</param>
    /// <param name="hidden">Features of the state, ≥ 1.</param>
    /// <param name="layers">Layers, each reading the output of the one before, ≥ 1.</param>
    /// <param name="bias">Whether there are b_ih and b_hh.</param>
    /// <param name="batchFirst">Whether x is [N, T, inputs].</param>
    /// <param name="dropout">Probability of dropping the output between layers in training, 0 ≤ p &lt; 1.</param>
    /// <param name="bidirectional">Whether a second network reads the sequence from its end.</param>
    public LSTM(int inputs, int hidden, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false)
        : base(4, inputs, hidden, layers, bias, batchFirst, dropout, bidirectional)
    {
    }

    /// <summary>Reads sequences from a state on.</summary>
    /// <param name="x">[T, N, inputs], or as the layer was told.</param>
    /// <param name="state">h and c, [layers · directions, N, hidden] each, or null for 0.</param>
    /// <param name="lengths">[N] steps of each sequence, whole numbers, or null for all.</param>
    /// <returns>The last layer's output at every step, and the states after the last step.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, (Tensor Hidden, Tensor Cell) State) ForwardWithState(Tensor x, (Tensor Hidden, Tensor Cell)? state = null, Tensor? lengths = null)
    {
        (Tensor output, Tensor[] states) = Run(x, [state?.Hidden, state?.Cell], lengths);
        return (output, (states[0], states[1]));
    }

    /// <param name="x">[T, N, inputs], or as the layer was told.</param>
    /// <returns>The output at every step.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => ForwardWithState(x).Output;

    private protected override Tensor[] Step(RecurrentWeights weights, Tensor gates, Tensor[] state) => RecurrentStep.Lstm(gates, weights.FromState(state[0]), state[1]);
}
