namespace Ashlar.Tests.Rearranging;

public sealed class RearrangeTests
{
    static readonly Tensor X = Tensor.Arange(2 * 6 * 4).Reshape(2, 6, 4);

    [Fact]
    public void Axes_are_ordered_split_and_merged_by_name()
    {
        Same(X.Permute(2, 0, 1), X.Rearrange("a b c -> c a b"));
        Same(X.Reshape(2, 24), X.Rearrange("a b c -> a (b c)"));
        Same(X.Reshape(2, 3, 2, 4).Permute(2, 0, 1, 3).Reshape(4, 3, 4), X.Rearrange("a (b p) c -> (p a) b c", ("p", 2)));
        Same(X.Reshape(1, 2, 1, 6, 4), X.Rearrange("a b c -> 1 a 1 b c"));
        Same(X, X.Reshape(1, 2, 6, 4).Rearrange("1 a b c -> a b c"));
        Same(X.Reshape(48), X.Rearrange("a b c -> (a b c)"));
    }

    [Fact]
    public void Three_dots_stand_for_any_axes()
    {
        Same(X.Permute(2, 0, 1), X.Rearrange("... c -> c ..."));
        Same(X.Permute(1, 2, 0), X.Rearrange("a ... -> ... a"));
        Same(X.Reshape(12, 4), X.Rearrange("... c -> (...) c"));
    }

    [Fact]
    public void Left_out_axes_are_reduced()
    {
        Same(X.Sum([1]), X.Reduce("a b c -> a c", PatternReduction.Sum));
        Same(X.Max([0, 2]), X.Reduce("a b c -> b", PatternReduction.Max));
        Same(X.Reshape(2, 3, 2, 4).Min([2]), X.Reduce("a (b p) c -> a b c", PatternReduction.Min, ("p", 2)));
        Same(X.To(DType.Float64).Mean(), X.To(DType.Float64).Reduce("... -> ", PatternReduction.Mean));
    }

    [Fact]
    public void New_axes_repeat()
    {
        Same(X.Unsqueeze(3).BroadcastTo(new Shape(2, 6, 4, 3)), X.Repeat("a b c -> a b c d", ("d", 3)));
        Same(X.Unsqueeze(1).BroadcastTo(new Shape(2, 2, 6, 4)).Reshape(4, 6, 4), X.Repeat("a b c -> (a 2) b c"));
    }

    [Fact]
    public void A_pattern_is_differentiable()
    {
        Tensor gradient = Transform.Gradient(x => (x.Rearrange("(a b) -> b a", ("a", 2)) * Tensor.Arange(6).Reshape(3, 2).To(DType.Float32)).Sum())(Tensor.Zeros(new Shape(6)));
        Assert.Equal([0f, 2f, 4f, 1f, 3f, 5f], gradient.ToArray<float>());
    }

    [Theory]
    [InlineData("a b -> b a", "Rearrange: 'a b' has 2 axes, the tensor is [2, 6, 4].")]
    [InlineData("a b c", "Rearrange: 'a b c' has 0 arrows.")]
    [InlineData("a b c -> a b", "Rearrange: 'c' stands on one side of")]
    [InlineData("a (b p) c -> a b p c", "Rearrange: axis 1 of [2, 6, 4] has extent 6")]
    [InlineData("a (b c -> a b c", "Rearrange: a parenthesis of")]
    [InlineData("a b) c -> a b c", "Rearrange: the parentheses of")]
    [InlineData("a a c -> a c", "Rearrange: 'a a c' names 'a' twice.")]
    [InlineData("a b-c d -> a d", "Rearrange: 'b-c' in")]
    [InlineData("a b c -> a b c ...", "Rearrange: the '...' of")]
    [InlineData("a b (c ...) -> a b c", "Rearrange: the '...' of")]
    public void A_pattern_that_does_not_fit_is_refused(string pattern, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => X.Rearrange(pattern)).Message);

    [Fact]
    public void Extents_must_be_known_once()
    {
        Assert.StartsWith("Repeat: the extent of the new axis 'd'", Assert.Throws<ArgumentException>(() => X.Repeat("a b c -> a b c d")).Message);
        Assert.StartsWith("Rearrange: the extent 2 of 'z'", Assert.Throws<ArgumentException>(() => X.Rearrange("a b c -> c b a", ("z", 2))).Message);
        Assert.StartsWith("Rearrange: axis 1", Assert.Throws<ShapeException>(() => X.Rearrange("a (b p) c -> a b p c", ("p", 4))).Message);
    }

    static void Same(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.Shape, found.Shape);
        Assert.Equal(expected.ToBytes(), found.ToBytes());
    }
}
