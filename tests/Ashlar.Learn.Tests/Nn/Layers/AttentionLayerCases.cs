using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class AttentionLayerCases : ILayerCases
{
    static readonly int[] MayLook = [1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1];

    static readonly long[] Counts = [3, 1];

    static Tensor Allowed => Tensor.From(MayLook, 3, 4).To(DType.Bool);

    static Tensor Lengths => Tensor.From(Counts, 2);

    public IEnumerable<LayerCase> Rows =>
    [
        new("attention of itself", () => new MultiHeadAttention(4, 2), Of(3, 2, 4)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[0], x[0])), BatchAxis = -1, Wrong = Of(3, 2, 5) },
        new("attention batch first", () => new MultiHeadAttention(4, 2, batchFirst: true), Of(3, 2, 4)),
        new("attention with dropout", () => new MultiHeadAttention(4, 2, dropout: 0.5, batchFirst: true), Of(3, 5, 4)) { TrainDiffers = true },
        new("attention of fewer key heads", () => new MultiHeadAttention(8, 4, keyHeads: 2, batchFirst: true), Of(2, 3, 8)),
        new("attention masked", () => new MultiHeadAttention(4, 2, batchFirst: true), Of(2, 3, 4), Of(2, 4, 4)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[1], x[1], Allowed)), Wrong = Of(3, 3, 4) },
        new("attention with added mask", () => new MultiHeadAttention(4, 2, bias: false, batchFirst: true), Of(2, 3, 4), Of(2, 4, 4), Of(3, 4)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[1], x[1], x[2])), Shared = [2] },
        new("attention causal with lengths", () => new MultiHeadAttention(4, 2, batchFirst: true), Of(2, 4, 4)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[0], x[0], causal: true, keyLengths: Lengths)), BatchAxis = -1 },
        new("attention of other features", () => new MultiHeadAttention(4, 2, keyFeatures: 3, valueFeatures: 5, batchFirst: true), Of(2, 3, 4), Of(2, 4, 3), Of(2, 4, 5)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[1], x[2])) },
        new("attention without batch", () => new MultiHeadAttention(4, 2), Of(3, 4)) { Apply = (module, x) => Both(((MultiHeadAttention)module).ForwardWithWeights(x[0], x[0], x[0])), BatchAxis = -1 },
        new("encoder layer", () => new TransformerEncoderLayer(4, 2, 6, dropout: 0), Of(3, 2, 4)) { BatchAxis = 1, Wrong = null },
        new("encoder layer with dropout", () => new TransformerEncoderLayer(4, 2, 6, dropout: 0.5), Of(3, 2, 4)) { BatchAxis = 1, Wrong = null, TrainDiffers = true },
        new("encoder layer normalising first", () => new TransformerEncoderLayer(4, 2, 6, dropout: 0, activation: Functional.Gelu, batchFirst: true, normFirst: true), Of(2, 4, 4)) { Apply = (module, x) => [((TransformerEncoderLayer)module).Forward(x[0], null, causal: true, Lengths)], BatchAxis = -1, Wrong = null },
        new("decoder layer", () => new TransformerDecoderLayer(4, 2, 6, dropout: 0), Of(3, 2, 4), Of(4, 2, 4)) { Apply = (module, x) => [((TransformerDecoderLayer)module).Forward(x[0], x[1])], BatchAxis = 1, Wrong = null },
        new("decoder layer normalising first", () => new TransformerDecoderLayer(4, 2, 6, dropout: 0, batchFirst: true, normFirst: true), Of(2, 4, 4), Of(2, 3, 4)) { Apply = (module, x) => [((TransformerDecoderLayer)module).Forward(x[0], x[1], causal: true)], Wrong = null },
        new("encoder", () => new TransformerEncoder(2, () => new TransformerEncoderLayer(4, 2, 3, dropout: 0), new LayerNorm(4)), Of(3, 2, 4)) { BatchAxis = 1, Wrong = null },
        new("decoder", () => new TransformerDecoder(2, () => new TransformerDecoderLayer(4, 2, 3, dropout: 0), new LayerNorm(4)), Of(3, 2, 4), Of(4, 2, 4)) { Apply = (module, x) => [((TransformerDecoder)module).Forward(x[0], x[1])], BatchAxis = 1, Wrong = null },
        new("sinusoidal positions", () => new SinusoidalPositions(), Of(2, 5, 6)) { Wrong = Of(5, 5) },
        new("rotary embedding", () => new RotaryEmbedding(), Of(2, 2, 5, 6)) { Wrong = Of(5, 5) },
        new("rotary embedding interleaved", () => new RotaryEmbedding(interleaved: true), Of(2, 2, 5, 6)),
        new("alibi", () => new ALiBi(), Of(2, 6, 2, 3)) { Wrong = Of(2, 3) },
    ];

    static Tensor[] Both((Tensor Output, Tensor Weights) result) => [result.Output, result.Weights];
}
