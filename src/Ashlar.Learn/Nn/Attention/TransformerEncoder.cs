namespace Ashlar.Nn;

/// <summary>Encoder layers one after the other, under the names <c>layers.0</c>, <c>layers.1</c>, …; then a normalisation, <c>norm</c>, if one is given.</summary>
/// <remarks>Vaswani et al. 2017.</remarks>
public sealed class TransformerEncoder : Module
{
    readonly ModuleList<TransformerEncoderLayer> _layers;
    readonly LayerNorm? _norm;

    /// <param name="layers">How many.</param>
    /// <param name="build">Makes one.</param>
    /// <param name="norm">The last normalisation, or null; with layers that normalise first there should be one.</param>
    public TransformerEncoder(int layers, Func<TransformerEncoderLayer> build, LayerNorm? norm = null)
    {
        _layers = Register("layers", new ModuleList<TransformerEncoderLayer>([.. Enumerable.Range(0, layers).Select(_ => build())]));
        _norm = norm is null ? null : Register("norm", norm);
    }

    /// <summary>All layers with a mask.</summary>
    /// <param name="x">[L, N, features], or as the layers were told.</param>
    /// <param name="mask">As of <see cref="MultiHeadAttention"/>, or null.</param>
    /// <param name="causal">Whether each place sees those before it alone.</param>
    /// <param name="lengths">[N]: how many places of each example count, or null for all.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false, Tensor? lengths = null)
    {
        foreach (TransformerEncoderLayer layer in _layers)
        {
            x = layer.Forward(x, mask, causal, lengths);
        }

        return _norm is null ? x : _norm.Forward(x);
    }

    /// <param name="x">[L, N, features], or as the layers were told.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, null);
}
