namespace Ashlar.Nn;

/// <summary>h ← tanh(x · W_ihᵀ + b_ih + h · W_hhᵀ + b_hh), or with a rectifier in place of tanh.</summary>
/// <remarks>Elman 1990, "Finding structure in time". Shapes, states and names: see <see cref="Recurrent"/>.</remarks>
public sealed class RNN : Recurrent
{
    readonly bool _rectified;

    /// <param name="inputs">Features of x, ≥ 1.</param>
    /// <param name="hidden">Features of the state, ≥ 1.</param>
    /// <param name="layers">Layers, each reading the output of the one before, ≥ 1.</param>
    /// <param name="bias">Whether there are b_ih and b_hh.</param>
    /// <param name="batchFirst">Whether x is [N, T, inputs].</param>
    /// <param name="dropout">Probability of dropping the output between layers in training, 0 ≤ p &lt; 1.</param>
    /// <param name="bidirectional">Whether a second network reads the sequence from its end.</param>
    /// <param name="rectified">Whether max(·, 0) takes the place of tanh.</param>
    public RNN(int inputs, int hidden, int layers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, bool rectified = false)
        : base(1, inputs, hidden, layers, bias, batchFirst, dropout, bidirectional) => _rectified = rectified;

    private protected override string Further => Spatial.Given("rectified", _rectified, false);

    /// <summary>Reads sequences from a state on.</summary>
    /// <param name="x">[T, N, inputs], or as the layer was told.</param>
    /// <param name="state">[layers · directions, N, hidden], or null for 0.</param>
    /// <param name="lengths">[N] steps of each sequence, whole numbers, or null for all.</param>
    /// <returns>The last layer's output at every step, and the states after the last step.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor State) ForwardWithState(Tensor x, Tensor? state = null, Tensor? lengths = null)
    {
        (Tensor output, Tensor[] states) = Run(x, [state], lengths);
        return (output, states[0]);
    }

    /// <param name="x">[T, N, inputs], or as the layer was told.</param>
    /// <returns>The output at every step.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => ForwardWithState(x).Output;

    private protected override Tensor[] Step(RecurrentWeights weights, Tensor gates, Tensor[] state) => RecurrentStep.Elman(gates, weights.FromState(state[0]), _rectified);
}
