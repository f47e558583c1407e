using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class AttentionTests : ReferenceScope
{
    static readonly RandomKey Key = RandomKey.FromSeed(3);

    static readonly int[] MayLook = [1, 0, 0, 0];

    [Fact]
    public void Heads_that_share_keys_give_the_bits_of_repeated_keys()
    {
        (Tensor q, Tensor k, Tensor v) = (Draw(0, 2, 4, 3, 5), Draw(1, 2, 2, 6, 5), Draw(2, 2, 2, 6, 7));
        Tensor shared = Functional.ScaledDotProductAttention(q, k, v, causal: true);
        Tensor repeated = Functional.ScaledDotProductAttention(q, Twice(k), Twice(v), causal: true);
        Assert.Equal(repeated.ToBytes(), shared.ToBytes());
        Assert.Equal(new Shape(2, 4, 3, 7), shared.Shape);
    }

    [Fact]
    public void A_query_that_may_look_nowhere_gives_0_and_passes_no_gradient()
    {
        (Tensor k, Tensor v) = (Draw(1, 1, 2, 3), Draw(2, 1, 2, 3));
        Tensor mask = Tensor.From(MayLook, 2, 2).To(DType.Bool);
        Func<Tensor, Tensor> attend = q => Functional.ScaledDotProductAttention(q, k, v, mask);
        Assert.Equal([0f, 0f, 0f], attend(Draw(0, 1, 2, 3)).Slice(1, 1, 1).ToArray<float>());
        Assert.Equal(v.Slice(1, 0, 1).ToArray<float>(), attend(Draw(0, 1, 2, 3)).Slice(1, 0, 1).ToArray<float>());
        Assert.All(Transform.Gradient(q => attend(q).Sum())(Draw(0, 1, 2, 3)).ToArray<float>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_last_query_after_remembered_keys_sees_what_it_sees_among_all()
    {
        (Tensor q, Tensor k, Tensor v) = (Draw(0, 1, 5, 3), Draw(1, 1, 5, 3), Draw(2, 1, 5, 3));
        Tensor all = Functional.ScaledDotProductAttention(q, k, v, causal: true);
        Tensor last = Functional.ScaledDotProductAttention(q.Slice(1, 4, 1), k, v, causal: true);
        Assert.Equal(all.Slice(1, 4, 1).ToBytes(), last.ToBytes());
    }

    [Fact]
    public void Rotated_rows_go_on_from_a_start()
    {
        Tensor x = Draw(0, 5, 4);
        var rotary = new RotaryEmbedding();
        Assert.Equal(rotary.Forward(x).Slice(0, 3, 2).ToBytes(), rotary.Forward(x.Slice(0, 3, 2), 3).ToBytes());
    }

    [Fact]
    public void Masks_lengths_and_heads_that_do_not_fit_are_refused()
    {
        Tensor x = Draw(0, 1, 2, 4, 3);
        Assert.Equal("ScaledDotProductAttention: the mask int32[4, 4] does not broadcast to the scores [1, 2, 4, 4]. Give bool (true may look) or floating [L, S], with 1 or the extent of each axis before.",
            Assert.Throws<ShapeException>(() => Functional.ScaledDotProductAttention(x, x, x, Tensor.Arange(16).Reshape(4, 4))).Message);
        Assert.Equal("ScaledDotProductAttention: the key lengths int32[3] do not fit the scores [1, 2, 4, 4]. Give a whole number for each example of axis 0.",
            Assert.Throws<ShapeException>(() => Functional.ScaledDotProductAttention(x, x, x, keyLengths: Tensor.Arange(3))).Message);
        Assert.StartsWith("MultiHeadAttention: 3 heads do not divide 4 features, or 3 heads of keys do not divide 3 heads. Make each a multiple of the next.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new MultiHeadAttention(4, 3)).Message, StringComparison.Ordinal);
    }

    static Tensor Draw(int number, params ReadOnlySpan<int> shape) => Tensor.From(Tensor.RandomNormal(Key.Fold(number), new Shape(shape)).ToArray<float>(), shape);

    static Tensor Twice(Tensor x) => x.Reshape(2, 2, 1, 6, -1).BroadcastTo(new Shape(2, 2, 2, 6, x.Shape[^1])).Reshape(2, 4, 6, -1);
}
