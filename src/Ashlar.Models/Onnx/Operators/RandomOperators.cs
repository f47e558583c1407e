using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Chance. A node with a seed draws from it, one without from the model's seed and its own place; both anew in every run of a model.</summary>
static class RandomOperators
{
    public static Operator[] All { get; } =
    [
        new("RandomNormal", 1, c => Normal(c, new Shape(c.Ints("shape")!), OnnxDType.Float32)) { IsRandom = true },
        new("RandomNormalLike", 1, c => Normal(c, c.ShapeOf(0), c.TypeOf(0))) { IsRandom = true },
        new("RandomUniform", 1, c => Uniform(c, new Shape(c.Ints("shape")!), OnnxDType.Float32)) { IsRandom = true },
        new("RandomUniformLike", 1, c => Uniform(c, c.ShapeOf(0), c.TypeOf(0))) { IsRandom = true },
        new("Bernoulli", 15, c => Typed(c, Tensor.RandomBernoulli(c.Seed, c[0].To(DType.Float32)).To(DType.Float32), c.TypeOf(0))) { IsRandom = true },
        new("Multinomial", 7, Multinomial) { IsRandom = true },
        new("Dropout", 1, Dropout) { IsRandom = true },
    ];

    static Results Normal(OperatorCall c, Shape shape, OnnxDType missing) => Typed(c, Tensor.RandomNormal(c.Seed, shape, c.Float("mean", 0), c.Float("scale", 1)), missing);

    static Results Uniform(OperatorCall c, Shape shape, OnnxDType missing) => Typed(c, Tensor.RandomUniform(c.Seed, shape, c.Float("low", 0), c.Float("high", 1)), missing);

    static OnnxTensor Typed(OperatorCall c, Tensor x, OnnxDType missing) => CastOperators.Convert(new OnnxTensor(x), (OnnxDType)c.Int("dtype", (int)missing));

    static Results Multinomial(OperatorCall c)
    {
        Tensor logits = c[0].To(DType.Float32);
        int samples = c.Int("sample_size", 1);
        Tensor drawn = Tensor.RandomCategorical(c.Seed, logits.Unsqueeze(1).BroadcastTo(new Shape(logits.Shape[0], samples, logits.Shape[1])));
        return CastOperators.Convert(new OnnxTensor(drawn), (OnnxDType)c.Int("dtype", 6));
    }

    static Results Dropout(OperatorCall c)
    {
        Tensor x = c[0];
        float ratio = c.Opset < 12 ? c.Float("ratio", 0.5f) : c.Has(1) ? (float)c.Number(1) : 0.5f;
        bool training = c.Opset < 7 ? !c.Flag("is_test") : c.Opset >= 12 && c.Has(2) && c.Flag(2);
        Tensor kept = training && ratio > 0 ? Tensor.RandomBernoulli(c.Seed, 1 - ratio, x.Shape).To(DType.Bool) : Tensor.Ones(x.Shape, DType.Bool);
        Tensor y = training && ratio > 0 ? Tensor.Where(kept, x / (double)(1 - ratio), Tensor.ZerosLike(x)) : x;
        return (y, c.Opset < 10 ? kept.To(x.DType) : kept);
    }
}
