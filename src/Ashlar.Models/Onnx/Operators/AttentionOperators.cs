using Ashlar.Nn;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Attention in its forms, and the rotation of positions.</summary>
static class AttentionOperators
{
    public static Operator[] All { get; } =
    [
        new("Attention", 23, Attention),
        new("FlexAttention", 1, FlexAttention) { Domain = "ai.onnx.preview" },
        new("LinearAttention", 27, LinearAttention),
        new("RotaryEmbedding", 23, RotaryEmbedding),
    ];

    // [N, L, heads · d] to [N, heads, L, d].
    static Tensor Heads(Tensor x, int heads) => x.Rank == 4 ? x : x.Reshape(x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads).Permute(0, 2, 1, 3);

    static Tensor Joined(Tensor x) => x.Permute(0, 2, 1, 3).Reshape(x.Shape[0], x.Shape[2], x.Shape[1] * x.Shape[3]);

    static Tensor Repeated(Tensor x, int times) => times == 1 ? x
        : x.Unsqueeze(2).BroadcastTo(new Shape(x.Shape[0], x.Shape[1], times, x.Shape[2], x.Shape[3])).Reshape(x.Shape[0], x.Shape[1] * times, x.Shape[2], x.Shape[3]);

    static Results Attention(OperatorCall c)
    {
        bool flat = c[0].Rank == 3;
        Tensor q = Heads(c[0], c.Int("q_num_heads", 1));
        Tensor k = Heads(c[1], c.Int("kv_num_heads", 1));
        Tensor v = Heads(c[2], c.Int("kv_num_heads", 1));
        DType type = q.DType;
        int past = c.Has(4) ? c[4].Shape[2] : 0;
        Tensor presentKey = c.Maybe(4) is { } oldKey ? Tensor.Concat([oldKey, k], 2) : k;
        Tensor presentValue = c.Maybe(5) is { } oldValue ? Tensor.Concat([oldValue, v], 2) : v;
        int times = q.Shape[1] / presentKey.Shape[1];
        DType wide = type.IsHalf ? DType.Float32 : type;
        Tensor keys = Repeated(presentKey, times).To(wide);
        Tensor values = Repeated(presentValue, times).To(wide);
        (int queries, int total) = (q.Shape[2], keys.Shape[2]);
        double scale = c.Attributes.Has("scale") ? c.Float("scale", 1) : 1 / Math.Sqrt(q.Shape[3]);
        double root = Math.Sqrt(scale);
        Tensor scores = (q.To(wide) * root).MatMul((keys * root).MatrixTranspose());
        Tensor raw = scores;
        if (c.Float("softcap", 0) is > 0 and var cap)
        {
            scores = (scores / (double)cap).Tanh() * (double)cap;
        }

        Tensor capped = scores;
        scores = c.Maybe(3) is { } mask ? scores + Bias(mask, total, wide) : scores;
        Tensor i = Tensor.Arange(queries).To(DType.Int64).Reshape(-1, 1);
        Tensor j = Tensor.Arange(total).To(DType.Int64);
        Tensor lengths = c.Has(6) ? c[6].To(DType.Int64).Reshape(-1, 1, 1, 1) : Tensor.Scalar(past, DType.Int64);
        Tensor blocked = Tensor.Full(Shape.Scalar, double.NegativeInfinity, wide);
        if (c.Flag("is_causal"))
        {
            // With lengths of a cache filled from outside the last query stands at the last key of its row.
            Tensor first = c.Has(6) && !c.Has(4) ? lengths - queries : Tensor.Scalar(past, DType.Int64);
            scores = Tensor.Where(j <= i + first, scores, blocked);
        }

        if (c.Has(6))
        {
            scores = Tensor.Where(j < lengths, scores, blocked);
        }

        Tensor weights = Softmax(scores);
        Tensor y = weights.MatMul(values).To(type);
        Tensor shown = c.Int("qk_matmul_output_mode", 0) switch { 0 => raw, 1 => capped, 2 => scores, _ => weights };
        return (Tensor[])[flat ? Joined(y) : y, presentKey, presentValue, shown.To(type)];
    }

    // A row in which nothing may be attended gives zeros instead of NaN.
    static Tensor Softmax(Tensor scores)
    {
        Tensor dead = scores.Max([-1], true).EqualTo(double.NegativeInfinity);
        return Tensor.Where(dead, Tensor.ZerosLike(scores), Functional.Softmax(Tensor.Where(dead, Tensor.ZerosLike(scores), scores)));
    }

    // A mask that is shorter than the keys blocks the rest.
    static Tensor Bias(Tensor mask, int total, DType type)
    {
        Tensor bias = mask.DType == DType.Bool ? Tensor.Where(mask, Tensor.Scalar(0, type), Tensor.Full(Shape.Scalar, double.NegativeInfinity, type)) : mask.To(type);
        int missing = total - bias.Shape[^1];
        return missing <= 0 || bias.Shape[^1] == 1 ? bias : bias.Pad(new int[bias.Rank], [.. new int[bias.Rank - 1], missing], double.NegativeInfinity);
    }

    static Results FlexAttention(OperatorCall c)
    {
        (Tensor q, Tensor k, Tensor v) = (c[0], c[1], c[2]);
        int times = q.Shape[1] / k.Shape[1];
        double scale = c.Attributes.Has("scale") ? c.Float("scale", 1) : 1 / Math.Sqrt(q.Shape[3]);
        DType wide = q.DType.IsHalf ? DType.Float32 : q.DType;
        Tensor scores = q.To(wide).MatMul(Repeated(k, times).To(wide).MatrixTranspose()) * scale;
        scores = Modified(c, "score_mod", scores);
        Tensor weights = Modified(c, "prob_mod", Functional.Softmax(scores));
        return weights.MatMul(Repeated(v, times).To(wide)).To(q.DType);
    }

    static Tensor Modified(OperatorCall c, string body, Tensor x) => c.Attributes.Has(body) ? ((OnnxTensor)c.Body(body).Run([x])[0]).Tensor.To(x.DType) : x;

    // A state of d x d numbers in place of keys and values: decayed, corrected, read at each step.
    static Results LinearAttention(OperatorCall c)
    {
        int queryHeads = c.Int("q_num_heads", 1);
        int heads = c.Int("kv_num_heads", 1);
        string rule = c.Text("update_rule", "gated_delta");
        Tensor q = Heads(c[0], queryHeads).To(DType.Float32);
        Tensor k = Heads(c[1], heads).To(DType.Float32);
        Tensor v = Heads(c[2], heads).To(DType.Float32);
        (int batch, int steps) = (q.Shape[0], q.Shape[2]);
        Tensor state = c.Maybe(3)?.To(DType.Float32) ?? Tensor.Zeros(new Shape(batch, heads, k.Shape[3], v.Shape[3]));
        Tensor? decay = rule.StartsWith("gated", StringComparison.Ordinal) && c.Maybe(4) is { } d ? Heads(d, heads).To(DType.Float32).Exp() : null;
        Tensor? beta = rule.EndsWith("delta", StringComparison.Ordinal) && c.Maybe(5) is { } b ? b.To(DType.Float32).Reshape(batch, steps, -1, 1).Permute(0, 2, 1, 3) : null;
        double scale = c.Float("scale", 0) is var given and not 0 ? given : 1 / Math.Sqrt(q.Shape[3]);
        var read = new Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            Tensor key = k.Slice(2, t, 1).MatrixTranspose();                                   // [N, H, d, 1]
            Tensor value = v.Slice(2, t, 1);                                                   // [N, H, 1, e]
            state = decay is null ? state : state * decay.Slice(2, t, 1).MatrixTranspose();
            value = rule.EndsWith("delta", StringComparison.Ordinal) ? value - key.MatrixTranspose().MatMul(state) : value;
            value = beta is null ? value : value * beta.Slice(2, t, 1);
            state += key.MatMul(value);
            read[t] = q.Slice(2, t, 1).MatMul(Repeated(state, queryHeads / heads)) * scale;
        }

        Tensor y = Tensor.Concat(read, 2);
        return ((c[0].Rank == 3 ? Joined(y) : y).To(c[0].DType), state.To(c.Maybe(3)?.DType ?? c[0].DType));
    }

    static Results RotaryEmbedding(OperatorCall c)
    {
        bool flat = c[0].Rank == 3;
        Tensor x = flat ? Heads(c[0], c.Int("num_heads", 1)) : c[0];                           // [N, H, L, d]
        int turned = c.Int("rotary_embedding_dim", 0) is var given and not 0 ? given : x.Shape[3];
        int half = turned / 2;
        Tensor cos = Turns(c, c[1], half);
        Tensor sin = Turns(c, c[2], half);
        Tensor part = x.Slice(3, 0, turned);
        bool interleaved = c.Flag("interleaved");
        Tensor pairs = interleaved ? part.Reshape([.. x.Shape.Extents[..3], half, 2]) : part;
        Tensor a = interleaved ? pairs.Slice(4, 0, 1).Squeeze(4) : part.Slice(3, 0, half);
        Tensor b = interleaved ? pairs.Slice(4, 1, 1).Squeeze(4) : part.Slice(3, half, half);
        (Tensor real, Tensor imaginary) = ((cos * a) - (sin * b), (sin * a) + (cos * b));
        Tensor y = interleaved ? Tensor.Stack([real, imaginary], 4).Reshape([.. x.Shape.Extents[..3], turned]) : Tensor.Concat([real, imaginary], 3);
        y = turned < x.Shape[3] ? Tensor.Concat([y, x.Slice(3, turned, x.Shape[3] - turned)], 3) : y;
        return flat ? Joined(y) : y;
    }

    static Tensor Turns(OperatorCall c, Tensor cache, int half)
    {
        Tensor rows = c.Maybe(3) is { } positions ? cache.Take(positions.To(DType.Int64), 0) : cache;
        return rows.Slice(rows.Rank - 1, 0, half).Unsqueeze(1);                                // [N, 1, L, half]
    }
}
