namespace Ashlar.Tests.Transforms;

/// <summary>What a differentiated function reads or lays aside on its way: it is recorded on stand-ins for its arguments, which are taken out again.</summary>
public sealed class LaidAsideTests
{
    [Fact]
    public void What_is_laid_aside_is_a_value_of_the_arguments_without_history()
    {
        Tensor? aside = null;
        Tensor gradient = Transform.Gradient(x => Square(aside = x * 3))(Tensor.From([1f, 2f], 2));

        Assert.Equal([18f, 36f], gradient.ToArray<float>());
        Assert.Equal([3f, 6f], aside!.ToArray<float>());
        Assert.False(aside.Node.IsTraced);
        Assert.Equal(0, aside.Node.Inputs.Length);
    }

    [Fact]
    public void What_was_read_inside_keeps_no_history()
    {
        Tensor? read = null;
        float seen = 0;
        Tensor gradient = Transform.Gradient(x =>
        {
            read = x * x;
            seen = read.ToArray<float>()[1];
            return (read * x).Sum();
        })(Tensor.From([1f, 2f], 2));

        Assert.Equal(4, seen);
        Assert.Equal(0, read!.Node.Inputs.Length);
        Assert.Equal([3f, 12f], gradient.ToArray<float>());
    }

    [Fact]
    public void What_an_inner_function_lays_aside_still_leads_to_the_outer_arguments()
    {
        Tensor outer = Transform.Gradient(x =>
        {
            Tensor? aside = null;
            Tensor inner = Transform.Gradient(y => Square(aside = y * y))(x);
            return (inner * aside!).Sum();
        })(Tensor.From([1f, 2f], 2));

        // 4 x³ · x², differentiated.
        Assert.Equal([20f, 320f], outer.ToArray<float>());
    }

    [Fact]
    public void A_pullback_may_be_called_again_after_its_first_results_were_read()
    {
        (Tensor value, Func<Tensor, Tensor> pullback) = Transform.Vjp(x => x * x, Tensor.From([1f, 2f], 2));

        Assert.Equal([2f, 4f], pullback(Tensor.From([1f, 1f], 2)).ToArray<float>());
        Assert.Equal([1f, 4f], value.ToArray<float>());
        Assert.Equal([20f, 4f], pullback(Tensor.From([10f, 1f], 2)).ToArray<float>());
    }

    static Tensor Square(Tensor x) => (x * x).Sum();
}
