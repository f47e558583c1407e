using Ashlar.Primitives;

namespace Ashlar.Nn;

/// <content>Attention, and the positions that it is told.</content>
public static partial class Functional
{
    /// <summary>softmax(q · kᵀ · scale + mask) · v over the last two axes.</summary>
    /// <remarks>
    /// Vaswani et al. 2017, "Attention is all you need", equation 1. Where k and v have fewer heads than q, neighbouring heads of q share one (Ainslie et al. 2023, "GQA").
    /// A bool mask is true where a query may look, as in PyTorch's function of this name (its MultiheadAttention means the opposite); any other is added.
    /// A query that may look nowhere gets 0, where PyTorch 1.13 gives NaN. Causal: query i of L sees keys up to i + S - L, so that a few queries after many remembered keys see what they should.
    /// </remarks>
    /// <param name="q">[…, heads, L, features]; floating.</param>
    /// <param name="k">[…, heads or a divisor of them, S, features].</param>
    /// <param name="v">[…, heads as k, S, values].</param>
    /// <param name="mask">Broadcasts to […, heads, L, S]; bool or floating, or null.</param>
    /// <param name="causal">Whether a query sees no keys after its own place.</param>
    /// <param name="scale">Factor of the products; 1 / √features by default.</param>
    /// <param name="keyLengths">[N]: how many keys of each example count, whole numbers, or null for all; N is the first axis.</param>
    /// <param name="dropout">What is done to the weights, such as the Forward of a <see cref="Ashlar.Nn.Dropout"/>, or null.</param>
    /// <returns>[…, heads, L, values].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask = null, bool causal = false, double? scale = null, Tensor? keyLengths = null, Func<Tensor, Tensor>? dropout = null) =>
        Attend("ScaledDotProductAttention", q, k, v, mask, causal, scale, keyLengths, dropout).Output;

    internal static (Tensor Output, Tensor Weights) Attend(string operation, Tensor q, Tensor k, Tensor v, Tensor? mask, bool causal, double? scale, Tensor? keyLengths, Func<Tensor, Tensor>? dropout)
    {
        int rank = q.Rank;
        bool fits = rank >= 3 && k.Rank == rank && v.Rank == rank && q.Shape[^1] == k.Shape[^1] && k.Shape.Extents[..^1].SequenceEqual(v.Shape.Extents[..^1])
            && q.Shape.Extents[..^3].SequenceEqual(k.Shape.Extents[..^3]) && k.Shape[^3] > 0 && q.Shape[^3] % k.Shape[^3] == 0;
        if (!fits)
        {
            throw new ShapeException($"{operation}: q {q.Shape}, k {k.Shape} and v {v.Shape} do not fit. Give […, heads, L, features], […, heads, S, features] and […, heads, S, values], where the heads of k and v are equal and divide those of q.");
        }

        (int queries, int keys) = (q.Shape[^2], k.Shape[^2]);
        int shared = q.Shape[^3] / k.Shape[^3];
        int[] lead = [.. q.Shape.Extents[..^3]];
        int[] heads = [.. lead, k.Shape[^3], shared];
        Tensor scaled = q * (scale ?? 1 / Math.Sqrt(Math.Max(1, q.Shape[^1])));
        Tensor scores = shared == 1 ? scaled.MatMul(k.T) : scaled.Reshape([.. heads, queries, q.Shape[^1]]).MatMul(Grouped(k).T).Reshape([.. lead, q.Shape[^3], queries, keys]);
        Tensor? allowed = Allowed(operation, scores, mask, causal, keyLengths);
        Tensor weights = AttentionWeights(scores, allowed, mask is { DType: not DType.Bool } ? mask : null);
        Tensor dropped = dropout is null ? weights : dropout(weights);
        Tensor output = shared == 1 ? dropped.MatMul(v) : dropped.Reshape([.. heads, queries, keys]).MatMul(Grouped(v)).Reshape([.. lead, q.Shape[^3], queries, v.Shape[^1]]);
        return (output, weights);

        Tensor Grouped(Tensor x) => x.Reshape([.. lead, x.Shape[^3], 1, keys, x.Shape[^1]]);
    }

    /// <summary>The bias of attention with linear biases, to be added as a mask: -slope · |i + S - L - j| with slopes 2^(-8 / heads), 2^(-16 / heads), …</summary>
    /// <remarks>Press, Smith, Lewis 2022, "Train short, test long"; for heads that are no power of two the slopes of the next lower power, then every second of the next higher one.</remarks>
    /// <param name="heads">Number of heads, ≥ 1.</param>
    /// <param name="queries">L.</param>
    /// <param name="keys">S.</param>
    /// <returns>[heads, L, S], float32.</returns>
    public static Tensor AlibiBias(int heads, int queries, int keys)
    {
        int power = 1;
        while (power * 2 <= heads.AtLeast(1, nameof(heads)))
        {
            power *= 2;
        }

        double[] exponents = [.. Enumerable.Range(1, power).Select(i => -8.0 * i / power), .. Enumerable.Range(0, heads - power).Select(i => -4.0 * ((2 * i) + 1) / power)];
        Tensor slopes = (Tensor.From(exponents, heads, 1, 1) * LogTwo).Exp().To(DType.Float32);
        var space = new Shape(queries, keys);
        Tensor distance = (new Tensor(Op.Iota(space, 0)) - new Tensor(Op.Iota(space, 1)) + (keys - queries)).Abs().To(DType.Float32);
        return -(slopes * distance);
    }

    const double LogTwo = 0.693147180559945309417;

    /// <summary>Sines and cosines of positions: p[t, 2i] = sin(t / base^(2i / features)), p[t, 2i + 1] = cos of the same.</summary>
    /// <remarks>Vaswani et al. 2017, section 3.5. Angles are computed in float64.</remarks>
    /// <param name="length">Number of positions.</param>
    /// <param name="features">Numbers for each, even.</param>
    /// <param name="theta">The base.</param>
    /// <param name="start">The first position.</param>
    /// <returns>[length, features], float32.</returns>
    public static Tensor SinusoidalPositions(int length, int features, double theta = 10000, int start = 0)
    {
        Tensor angles = Angles("SinusoidalPositions", length, features, theta, start);
        return Tensor.Concat([angles.Sin().Reshape(length, features / 2, 1), angles.Cos().Reshape(length, features / 2, 1)], 2).Reshape(length, features).To(DType.Float32);
    }

    /// <summary>Turns pairs of features by angles that grow with the position, so that products of two rows depend on their distance.</summary>
    /// <remarks>Su et al. 2021, "RoFormer", equation 34. Angle t / base^(2i / features) for pair i; computed in float64.</remarks>
    /// <param name="x">[…, L, features], features even; floating.</param>
    /// <param name="theta">The base.</param>
    /// <param name="start">The position of the first row.</param>
    /// <param name="interleaved">Whether neighbours 2i, 2i + 1 are a pair, as in the paper; otherwise i and i + features / 2, as in Llama and GPT-NeoX.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There are no rows, or the features are odd.</exception>
    public static Tensor RotaryEmbedding(Tensor x, double theta = 10000, int start = 0, bool interleaved = false)
    {
        if (x.Rank < 2 || x.Shape[^1] % 2 != 0)
        {
            throw new ShapeException($"RotaryEmbedding: the input is {x.Shape}, wanted […, L, features] with even features. Choose heads that leave an even number for each.");
        }

        int half = x.Shape[^1] / 2;
        int[] lead = [.. x.Shape.Extents[..^1]];
        Tensor angles = Angles("RotaryEmbedding", x.Shape[^2], x.Shape[^1], theta, start);
        (Tensor cos, Tensor sin) = (angles.Cos().To(x.DType), angles.Sin().To(x.DType));
        Tensor pairs = interleaved ? x.Reshape([.. lead, half, 2]) : x;
        (Tensor a, Tensor b) = interleaved
            ? (pairs.Slice(-1, 0, 1).Reshape([.. lead, half]), pairs.Slice(-1, 1, 1).Reshape([.. lead, half]))
            : (x.Slice(-1, 0, half), x.Slice(-1, half, half));
        (Tensor first, Tensor second) = ((a * cos) - (b * sin), (b * cos) + (a * sin));
        return interleaved
            ? Tensor.Concat([first.Reshape([.. lead, half, 1]), second.Reshape([.. lead, half, 1])], lead.Length + 1).Reshape(x.Shape.Extents)
            : Tensor.Concat([first, second], lead.Length);
    }

    // [length, features / 2], float64.
    static Tensor Angles(string operation, int length, int features, double theta, int start)
    {
        if (features % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(features), $"{operation}: {features} features are no pairs. Give an even number.");
        }

        Tensor exponent = new Tensor(Op.Iota(new Shape(1, features / 2), 1)).To(DType.Float64) * (-2.0 / Math.Max(1, features));
        Tensor frequency = (exponent * Tensor.Scalar(theta, DType.Float64).Log()).Exp();
        return (new Tensor(Op.Iota(new Shape(length, 1), 0)) + start).To(DType.Float64) * frequency;
    }

    // Where a query may look, or null for everywhere.
    static Tensor? Allowed(string operation, Tensor scores, Tensor? mask, bool causal, Tensor? keyLengths)
    {
        (int queries, int keys) = (scores.Shape[^2], scores.Shape[^1]);
        Tensor? allowed = null;
        if (mask is not null)
        {
            if (mask.Rank > scores.Rank || !Shape.Broadcast(mask.Shape, scores.Shape, operation).Equals(scores.Shape) || !(mask.DType == DType.Bool || mask.DType.IsFloating))
            {
                throw new ShapeException($"{operation}: the mask {mask.DType.Name}{mask.Shape} does not broadcast to the scores {scores.Shape}. Give bool (true may look) or floating [L, S], with 1 or the extent of each axis before.");
            }

            allowed = mask.DType == DType.Bool ? mask : null;
        }

        if (keyLengths is not null)
        {
            if (keyLengths.Rank != 1 || scores.Rank < 4 || keyLengths.Shape[0] != scores.Shape[0] || !keyLengths.DType.IsInteger)
            {
                throw new ShapeException($"{operation}: the key lengths {keyLengths.DType.Name}{keyLengths.Shape} do not fit the scores {scores.Shape}. Give a whole number for each example of axis 0.");
            }

            Tensor inside = new Tensor(Op.Iota(new Shape(1, keys), 1)) < keyLengths.Reshape(-1, 1);
            Join(inside.Reshape([scores.Shape[0], .. Spatial.Fill(scores.Rank - 2, 1), keys]));
        }

        if (causal)
        {
            var space = new Shape(queries, keys);
            Join(new Tensor(Op.Iota(space, 1)) <= new Tensor(Op.Iota(space, 0)) + (keys - queries));
        }

        return allowed;

        void Join(Tensor more) => allowed = allowed is null ? more : allowed & more;
    }

    static Tensor AttentionWeights(Tensor scores, Tensor? allowed, Tensor? added)
    {
        Tensor masked = added is null ? scores : scores + added;
        Tensor none = Tensor.Scalar(double.NegativeInfinity, scores.DType);
        masked = allowed is null ? masked : Tensor.Where(allowed, masked, none);
        bool everyRowHasKeys = allowed is null && added is null;
        return Transform.CustomGradient((Tensor x) => Weights(x, none, everyRowHasKeys), WeightsGradient)(masked);
    }

    static Tensor Weights(Tensor x, Tensor none, bool everyRowHasKeys)
    {
        Tensor largest = x.Max([-1], keepAxes: true).StopGradient();
        if (everyRowHasKeys)
        {
            Tensor e = (x - largest).Exp();
            return e / e.Sum([-1], keepAxes: true);
        }

        // A row without any key: its largest is -∞ and its sum 0.
        Tensor shifted = (x - Tensor.Where(largest.EqualTo(none), Tensor.Scalar(0, x.DType), largest)).Exp();
        Tensor sum = shifted.Sum([-1], keepAxes: true);
        return shifted / Tensor.Where(sum > 0, sum, Tensor.Scalar(1, x.DType));
    }

    // From the weights alone: neither scores nor their exponentials need to be kept for the way back.
    static Tensor WeightsGradient(Tensor x, Tensor weights, Tensor cotangent) => weights * (cotangent - (cotangent * weights).Sum([-1], keepAxes: true));
}
