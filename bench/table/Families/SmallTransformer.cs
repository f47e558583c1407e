using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>A causal language model: embedding, learned places, encoder layers that normalise first, normalisation, logits.</summary>
sealed class SmallTransformer : Module
{
    readonly Embedding _embedding;
    readonly Embedding _places;
    readonly TransformerEncoder _encoder;
    readonly Linear _head;
    readonly Tensor _positions;

    public SmallTransformer(int layers, int tokens, int features, int heads, int vocabulary)
    {
        _embedding = Register("embedding", new Embedding(vocabulary, features));
        _places = Register("places", new Embedding(tokens, features));
        _encoder = Register("encoder", new TransformerEncoder(
            layers, () => new TransformerEncoderLayer(features, heads, 4 * features, dropout: 0, activation: Functional.Gelu, batchFirst: true, normFirst: true), new LayerNorm(features)));
        _head = Register("head", new Linear(features, vocabulary));
        _positions = Tensor.Arange(tokens);
    }

    /// <param name="x">[batch, tokens] whole numbers.</param>
    /// <returns>[batch, tokens, vocabulary].</returns>
    protected override Tensor Apply(Tensor x) => _head.Forward(_encoder.Forward(_embedding.Forward(x) + _places.Forward(_positions), null, causal: true));
}
