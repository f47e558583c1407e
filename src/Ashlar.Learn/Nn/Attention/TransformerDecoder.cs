namespace Ashlar.Nn;

/// <summary>Decoder layers one after the other, under the names <c>layers.0</c>, <c>layers.1</c>, …; then a normalisation, <c>norm</c>, if one is given.</summary>
/// <remarks>Vaswani et al. 2017.</remarks>
public sealed class TransformerDecoder : Module
{
    readonly ModuleList<TransformerDecoderLayer> _layers;
    readonly LayerNorm? _norm;

    /// <param name="layers">How many.</param>
    /// <param name="build">Makes one.</param>
    /// <param name="norm">The last normalisation, or null; with layers that normalise first there should be one.</param>
    public TransformerDecoder(int layers, Func<TransformerDecoderLayer> build, LayerNorm? norm = null)
    {
        _layers = Register("layers", new ModuleList<TransformerDecoderLayer>([.. Enumerable.Range(0, layers).Select(_ => build())]));
        _norm = norm is null ? null : Register("norm", norm);
    }

    /// <summary>All layers.</summary>
    /// <param name="x">[L, N, features], or as the layers were told.</param>
    /// <param name="memory">[S, N, features]: what an encoder gave.</param>
    /// <param name="mask">Of the self-attention, as of <see cref="MultiHeadAttention"/>, or null.</param>
    /// <param name="memoryMask">Of the attention to the memory, or null.</param>
    /// <param name="causal">Whether each place sees those before it alone.</param>
    /// <param name="memoryLengths">[N]: how many places of each memory count, or null for all.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Tensor? mask = null, Tensor? memoryMask = null, bool causal = false, Tensor? memoryLengths = null)
    {
        foreach (TransformerDecoderLayer layer in _layers)
        {
            x = layer.Forward(x, memory, mask, memoryMask, causal, memoryLengths);
        }

        return _norm is null ? x : _norm.Forward(x);
    }
}
