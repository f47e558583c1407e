namespace Ashlar.Nn;

/// <summary>Self-attention, then two linear layers, each with a residual connection and layer normalisation.</summary>
/// <remarks>
/// Vaswani et al. 2017, section 3.1; normalisation first: Xiong et al. 2020, "On layer normalization in the transformer architecture". Names are PyTorch's:
/// <c>self_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>; without dropout the state has exactly PyTorch's keys.
/// </remarks>
public sealed class TransformerEncoderLayer : Module
{
    readonly MultiHeadAttention _attention;
    readonly FeedForward _feedForward;
    readonly LayerNorm[] _norms;
    readonly Dropout? _drop;
    readonly bool _normFirst;

    /// <param name="features">Extent of the last axis of x; a multiple of the heads.</param>
    /// <param name="heads">Number of heads, ≥ 1.</param>
    /// <param name="feedForward">Features between the two linear layers.</param>
    /// <param name="dropout">Probability of dropping in training, 0 ≤ p &lt; 1.</param>
    /// <param name="activation">Between the two linear layers; ReLU by default.</param>
    /// <param name="epsilon">ε of the normalisations.</param>
    /// <param name="batchFirst">Whether x is [N, L, features].</param>
    /// <param name="normFirst">Whether each part normalises what it takes instead of what it gives.</param>
    public TransformerEncoderLayer(int features, int heads, int feedForward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, double epsilon = 1e-5, bool batchFirst = false, bool normFirst = false)
    {
        _normFirst = normFirst;
        _attention = Register("self_attn", new MultiHeadAttention(features, heads, dropout, batchFirst: batchFirst));
        _feedForward = new FeedForward(Register("linear1", new Linear(features, feedForward)), Register("linear2", new Linear(feedForward, features)), activation, dropout > 0 ? Register("dropout", new Dropout(dropout)) : null);
        _norms = [Register("norm1", new LayerNorm(features, epsilon)), Register("norm2", new LayerNorm(features, epsilon))];
        _drop = dropout > 0 ? Register("dropout1", new Dropout(dropout)) : null;
    }

    /// <summary>One layer with a mask.</summary>
    /// <param name="x">[L, N, features], or as the layer was told.</param>
    /// <param name="mask">As of <see cref="MultiHeadAttention"/>: bool, true may look, or floating, added; or null.</param>
    /// <param name="causal">Whether each place sees those before it alone.</param>
    /// <param name="lengths">[N]: how many places of each example count, or null for all.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor? mask, bool causal = false, Tensor? lengths = null)
    {
        x = Residual(x, _norms[0], y => _attention.Forward(y, y, y, mask, causal, lengths), _drop, _normFirst);
        return Residual(x, _norms[1], _feedForward.Apply, _drop, _normFirst);
    }

    /// <param name="x">[L, N, features], or as the layer was told.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, null);

    internal static Tensor Residual(Tensor x, LayerNorm norm, Func<Tensor, Tensor> part, Dropout? drop, bool normFirst)
    {
        Tensor y = part(normFirst ? norm.Forward(x) : x);
        y = x + (drop is null ? y : drop.Forward(y));
        return normFirst ? y : norm.Forward(y);
    }
}
