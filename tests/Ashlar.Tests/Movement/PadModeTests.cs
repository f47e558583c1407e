namespace Ashlar.Tests.Movement;

public sealed class PadModeTests
{
    public static TheoryData<PadMode> Modes => [PadMode.Reflect, PadMode.Replicate, PadMode.Circular, PadMode.Symmetric];

    [Theory, MemberData(nameof(Modes))]
    public void Every_element_comes_from_where_the_mode_says_however_wide_the_padding(PadMode mode)
    {
        for (int extent = 2; extent < 5; extent++)
        {
            for (int low = 0; low < 10; low++)
            {
                for (int high = 0; high < 10; high += 3)
                {
                    int[] padded = Tensor.Arange(extent).Pad([low], [high], mode).ToArray<int>();
                    Assert.Equal(Enumerable.Range(-low, low + extent + high).Select(place => Source(place, extent, mode)), padded);
                }
            }
        }
    }

    [Fact]
    public void Axes_are_padded_one_by_one()
    {
        Tensor x = Tensor.Arange(6).Reshape(2, 3);
        Assert.Equal([4, 3, 4, 5, 1, 0, 1, 2, 4, 3, 4, 5, 1, 0, 1, 2], x.Pad([1, 1], [1, 0], PadMode.Reflect).ToArray<int>());
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 5, 0, 0, 0, 0, 0], x.Pad([1, 0], [1, 1], PadMode.Constant).ToArray<int>());
    }

    [Fact]
    public void The_gradient_adds_up_what_each_element_was_copied_to() =>
        Assert.Equal([2f, 3f, 2f], Transform.Gradient(x => x.Pad([2], [2], PadMode.Reflect).Sum())(Tensor.Ones(new Shape(3))).ToArray<float>());

    [Fact]
    public void One_element_repeats_and_an_empty_axis_cannot()
    {
        Tensor one = Tensor.Arange(1) + 7;
        Assert.Equal([7, 7, 7, 7], one.Pad([2], [1], PadMode.Symmetric).ToArray<int>());
        Assert.Equal("Pad: axis 0 of [1] has 1 elements, too few for Reflect. Pad with Replicate, or give a longer axis.",
            Assert.Throws<ShapeException>(() => one.Pad([2], [1], PadMode.Reflect)).Message);
        Assert.Equal("Pad: axis 0 of [0, 2] has 0 elements, too few for Circular. Pad with Constant, or give a longer axis.",
            Assert.Throws<ShapeException>(() => Tensor.Zeros(new Shape(0, 2)).Pad([1, 0], [0, 0], PadMode.Circular)).Message);
        Assert.Equal(new Shape(0, 4), Tensor.Zeros(new Shape(0, 2)).Pad([0, 1], [0, 1], PadMode.Circular).Shape);
        Assert.Equal("Pad: [1] before and [-1] after do not fit [1]. Give one number ≥ 0 for each of its 1 axes.",
            Assert.Throws<ShapeException>(() => one.Pad([1], [-1], PadMode.Circular)).Message);
    }

    static int Source(int place, int extent, PadMode mode)
    {
        int period = mode switch { PadMode.Reflect => (2 * extent) - 2, PadMode.Symmetric => 2 * extent, _ => extent };
        int folded = ((place % period) + period) % period;
        return mode switch
        {
            PadMode.Replicate => Math.Clamp(place, 0, extent - 1),
            PadMode.Circular => folded,
            PadMode.Reflect => folded < extent ? folded : period - folded,
            _ => folded < extent ? folded : period - 1 - folded,
        };
    }
}
