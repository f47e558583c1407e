namespace Ashlar.Nn;

/// <summary>Self-attention, attention to a memory, then two linear layers, each with a residual connection and layer normalisation.</summary>
/// <remarks>Vaswani et al. 2017, section 3.1. Names are PyTorch's: <c>self_attn</c>, <c>multihead_attn</c>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>, <c>norm3</c>; without dropout the state has exactly PyTorch's keys.</remarks>
public sealed class TransformerDecoderLayer : Module
{
    readonly MultiHeadAttention _self;
    readonly MultiHeadAttention _cross;
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
    public TransformerDecoderLayer(int features, int heads, int feedForward = 2048, double dropout = 0.1, Func<Tensor, Tensor>? activation = null, double epsilon = 1e-5, bool batchFirst = false, bool normFirst = false)
    {
        _normFirst = normFirst;
        _self = Register("self_attn", new MultiHeadAttention(features, heads, dropout, batchFirst: batchFirst));
        _cross = Register("multihead_attn", new MultiHeadAttention(features, heads, dropout, batchFirst: batchFirst));
        _feedForward = new FeedForward(Register("linear1", new Linear(features, feedForward)), Register("linear2", new Linear(feedForward, features)), activation, dropout > 0 ? Register("dropout", new Dropout(dropout)) : null);
        _norms = [Register("norm1", new LayerNorm(features, epsilon)), Register("norm2", new LayerNorm(features, epsilon)), Register("norm3", new LayerNorm(features, epsilon))];
        _drop = dropout > 0 ? Register("dropout1", new Dropout(dropout)) : null;
    }

    /// <summary>One layer.</summary>
    /// <param name="x">[L, N, features], or as the layer was told.</param>
    /// <param name="memory">[S, N, features]: what an encoder gave.</param>
    /// <param name="mask">Of the self-attention, as of <see cref="MultiHeadAttention"/>, or null.</param>
    /// <param name="memoryMask">Of the attention to the memory, or null.</param>
    /// <param name="causal">Whether each place sees those before it alone.</param>
    /// <param name="memoryLengths">[N]: how many places of each memory count, or null for all.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, bool causal = false, Tensor? memoryLengths = null)
    {
        x = TransformerEncoderLayer.Residual(x, _norms[0], y => _self.Forward(y, y, y, mask, causal), _drop, _normFirst);
        x = TransformerEncoderLayer.Residual(x, _norms[1], y => _cross.Forward(y, memory, memory, memoryMask, keyLengths: memoryLengths), _drop, _normFirst);
        return TransformerEncoderLayer.Residual(x, _norms[2], _feedForward.Apply, _drop, _normFirst);
    }
}
