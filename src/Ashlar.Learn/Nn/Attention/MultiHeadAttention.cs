using Ashlar.Nn.Init;

namespace Ashlar.Nn;

/// <summary>Attention in several heads: queries, keys and values are projected, cut into heads, attended, joined and projected.</summary>
/// <remarks>
/// Vaswani et al. 2017, section 3.2.2; heads that share keys: Ainslie et al. 2023, "GQA". Names are those of PyTorch's MultiheadAttention: <c>in_proj_weight</c> [3 · features, features] where all inputs
/// have the same features and heads, else <c>q_proj_weight</c>, <c>k_proj_weight</c>, <c>v_proj_weight</c>; <c>in_proj_bias</c>; <c>out_proj</c>.
/// First values: projections uniform by Glorot, Bengio 2010; <c>out_proj.weight</c> as of <see cref="Linear"/>; biases 0.
/// Inputs are [L, N, features], or [N, L, features] if <c>batchFirst</c>, or [L, features].
/// </remarks>
public sealed class MultiHeadAttention : Module
{
    readonly int _features;
    readonly int _heads;
    readonly int _keyHeads;
    readonly bool _batchFirst;
    readonly double _dropout;
    readonly Parameter? _joint;
    readonly Parameter[] _separate = [];
    readonly Parameter? _bias;
    readonly Linear _output;
    readonly Dropout? _drop;
    readonly int _keyFeatures;
    readonly int _valueFeatures;

    /// <param name="features">Of queries and results; a multiple of the heads.</param>
    /// <param name="heads">Number of heads, ≥ 1.</param>
    /// <param name="dropout">Probability of dropping an attention weight in training, 0 ≤ p &lt; 1.</param>
    /// <param name="bias">Whether the projections have biases.</param>
    /// <param name="keyHeads">Heads of keys and values, which divide the heads; as many by default.</param>
    /// <param name="keyFeatures">Of keys; as of queries by default.</param>
    /// <param name="valueFeatures">Of values; as of queries by default.</param>
    /// <param name="batchFirst">Whether inputs are [N, L, features].</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers do not divide each other.</exception>
    public MultiHeadAttention(int features, int heads, double dropout = 0, bool bias = true, int? keyHeads = null, int? keyFeatures = null, int? valueFeatures = null, bool batchFirst = false)
    {
        (_features, _heads, _keyHeads, _dropout, _batchFirst) = (features, heads.AtLeast(1, nameof(heads)), (keyHeads ?? heads).AtLeast(1, nameof(keyHeads)), DropoutLayer.Checked("MultiHeadAttention", dropout), batchFirst);
        (_keyFeatures, _valueFeatures) = (keyFeatures ?? features, valueFeatures ?? features);
        if (features % heads != 0 || heads % _keyHeads != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(heads), $"MultiHeadAttention: {heads} heads do not divide {features} features, or {_keyHeads} heads of keys do not divide {heads} heads. Make each a multiple of the next.");
        }

        int narrow = features / heads * _keyHeads;
        if (narrow == features && _keyFeatures == features && _valueFeatures == features)
        {
            _joint = Glorot("in_proj_weight", 3 * features, features);
        }
        else
        {
            _separate = [Glorot("q_proj_weight", features, features), Glorot("k_proj_weight", narrow, _keyFeatures), Glorot("v_proj_weight", narrow, _valueFeatures)];
        }

        var biases = new Shape(features + (2 * narrow));
        _bias = bias ? Register("in_proj_bias", new Parameter(biases, _ => Tensor.Zeros(biases))) : null;
        _output = Register("out_proj", new Linear(features, features, bias, zeroBias: true));
        _drop = dropout > 0 ? Register("dropout", new Dropout(dropout)) : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"new MultiHeadAttention({_features}, {_heads}{Spatial.Given("dropout", _dropout, 0)}{Spatial.Given("bias", _bias is not null, true)}{Spatial.Given("keyHeads", _keyHeads, _heads)}" +
        $"{Spatial.Given("keyFeatures", _keyFeatures, _features)}{Spatial.Given("valueFeatures", _valueFeatures, _features)}{Spatial.Given("batchFirst", _batchFirst, false)})";

    /// <summary>Attends from queries to keys and values.</summary>
    /// <param name="query">[L, N, features], or as the layer was told.</param>
    /// <param name="key">[S, N, key features].</param>
    /// <param name="value">[S, N, value features].</param>
    /// <param name="mask">Broadcasts to [N, heads, L, S]: bool, true where a query may look (PyTorch's layer means the opposite), or floating, added; or null.</param>
    /// <param name="causal">Whether query i sees keys up to i + S - L alone.</param>
    /// <param name="keyLengths">[N]: how many keys of each example count, whole numbers, or null for all.</param>
    /// <returns>[L, N, features].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, Tensor? keyLengths = null) =>
        ForwardWithWeights(query, key, value, mask, causal, keyLengths).Output;

    /// <summary>Attends, and says how much each query looked at each key: [N, heads, L, S], before dropout.</summary>
    /// <param name="query">[L, N, features], or as the layer was told.</param>
    /// <param name="key">[S, N, key features].</param>
    /// <param name="value">[S, N, value features].</param>
    /// <param name="mask">As of <see cref="Forward(Tensor, Tensor, Tensor, Tensor?, bool, Tensor?)"/>.</param>
    /// <param name="causal">Whether query i sees keys up to i + S - L alone.</param>
    /// <param name="keyLengths">[N]: how many keys of each example count, or null for all.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor Weights) ForwardWithWeights(Tensor query, Tensor key, Tensor value, Tensor? mask = null, bool causal = false, Tensor? keyLengths = null)
    {
        bool single = query.Rank == 2;
        (Tensor q, Tensor k, Tensor v) = (Examples(query, _features, "query"), Examples(key, _keyFeatures, "key"), Examples(value, _valueFeatures, "value"));
        if (query.Rank != key.Rank || query.Rank != value.Rank || q.Shape[0] != k.Shape[0] || k.Shape[0] != v.Shape[0] || k.Shape[1] != v.Shape[1])
        {
            throw new ShapeException($"MultiHeadAttention: query {query.Shape}, key {key.Shape} and value {value.Shape} differ in examples, or key and value in length. Give as many of each.");
        }

        int width = _features / _heads;
        Tensor[] projected = Project(q, k, v);
        (Tensor joined, Tensor weights) = Functional.Attend("MultiHeadAttention", Cut(projected[0], _heads), Cut(projected[1], _keyHeads), Cut(projected[2], _keyHeads), mask, causal, null, keyLengths, _drop is null ? null : _drop.Forward);
        Tensor output = _output.Forward(joined.Permute(0, 2, 1, 3).Reshape(q.Shape[0], q.Shape[1], _features));
        return (single ? output.Reshape(query.Shape.Extents) : _batchFirst ? output : output.Permute(1, 0, 2), single ? weights.Reshape(weights.Shape.Extents[1..]) : weights);

        // [N, T, heads · width] → [N, heads, T, width].
        Tensor Cut(Tensor x, int heads) => x.Reshape(x.Shape[0], x.Shape[1], heads, width).Permute(0, 2, 1, 3);
    }

    /// <param name="x">[L, N, features], or as the layer was told: queries, keys and values at once.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, x, x);

    Tensor[] Project(Tensor q, Tensor k, Tensor v)
    {
        int narrow = _features / _heads * _keyHeads;
        int[] starts = [0, _features, _features + narrow];
        int[] counts = [_features, narrow, narrow];
        Tensor[] inputs = [q, k, v];
        return [.. inputs.Select((x, i) =>
        {
            Tensor y = x.MatMul((_joint is null ? _separate[i].Tensor : _joint.Tensor.Slice(0, starts[i], counts[i])).T);
            return _bias is null ? y : y + _bias.Tensor.Slice(0, starts[i], counts[i]);
        })];
    }

    Tensor Examples(Tensor x, int features, string what) => x.Rank is 2 or 3 && x.Shape[^1] == features
        ? x.Rank == 2 ? x.Reshape(1, x.Shape[0], features) : _batchFirst ? x : x.Permute(1, 0, 2)
        : throw new ShapeException($"MultiHeadAttention: the {what} is {x.Shape}, wanted {(_batchFirst ? "[N, L, " : "[L, N, ")}{features}]. Check the features and batchFirst.");

    Parameter Glorot(string name, int outputs, int inputs)
    {
        var shape = new Shape(outputs, inputs);
        return Register(name, new Parameter(shape, key => Xavier.Uniform(key, shape)));
    }
}
