using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Tests.Reference;

public sealed class ReductionLawTests
{
    const float Large = 16777216;

    [Fact]
    public void Elements_32_apart_share_a_lane_and_lanes_16_apart_meet_afterwards()
    {
        // (2²⁴ + 1) + 1 rounds down twice; 2²⁴ + (1 + 1) would be 2²⁴ + 2.
        Assert.Equal(Large, Sum(33, (0, Large), (32, 1), (16, 1)));
        Assert.Equal(Large + 2, Sum(49, (0, Large), (16, 1), (48, 1)));
    }

    [Fact]
    public void Lanes_meet_16_then_8_then_4_then_2_then_1_apart()
    {
        Assert.Equal(Large + 2, Sum(32, (0, Large), (8, 1), (24, 1)));
        Assert.Equal(Large + 2, Sum(32, (0, Large), (4, 1), (12, 1)));
        Assert.Equal(Large + 2, Sum(32, (0, Large), (2, 1), (6, 1)));
        Assert.Equal(Large + 2, Sum(32, (0, Large), (1, 1), (3, 1)));
        Assert.Equal(Large, Sum(32, (0, Large), (1, 1), (2, 1)));
    }

    [Fact]
    public void Blocks_of_4096_meet_as_neighbours_and_an_odd_last_one_is_carried_up()
    {
        Assert.Equal(Large, Sum(3 * 4096, (0, Large), (4096, 1), (8192, 1)));
        Assert.Equal(Large + 2, Sum(4 * 4096, (0, Large), (8192, 1), (12288, 1)));
        Assert.Equal(Large + 2, Sum(7 * 4096, (0, Large), (5 * 4096, 1), (6 * 4096, 1)));
        Assert.Equal(Large, Sum(5 * 4096, (0, Large), (3 * 4096, 1), (4 * 4096, 1)));
    }

    [Fact]
    public void No_elements_give_the_identity()
    {
        Assert.Equal(BitConverter.SingleToInt32Bits(0f), BitConverter.SingleToInt32Bits(ReductionLaw.Reduce<float>([], ReduceKind.Sum)));
        Assert.Equal(1.0, ReductionLaw.Reduce<double>([], ReduceKind.Prod));
        Assert.Equal(float.NegativeInfinity, ReductionLaw.Reduce<float>([], ReduceKind.Max));
        Assert.Equal(double.PositiveInfinity, ReductionLaw.Reduce<double>([], ReduceKind.Min));
        Assert.Equal(int.MinValue, ReductionLaw.Reduce<int>([], ReduceKind.Max));
        Assert.Equal(long.MaxValue, ReductionLaw.Reduce<long>([], ReduceKind.Min));
    }

    [Fact]
    public void A_sum_of_negative_zeros_is_positive_zero() =>
        Assert.False(float.IsNegative(ReductionLaw.Reduce<float>([-0f, -0f], ReduceKind.Sum)));

    [Fact]
    public void The_maximum_prefers_positive_zero_and_the_minimum_negative_zero()
    {
        Assert.False(double.IsNegative(ReductionLaw.Reduce<double>([0.0, -0.0], ReduceKind.Max)));
        Assert.True(double.IsNegative(ReductionLaw.Reduce<double>([0.0, -0.0], ReduceKind.Min)));
    }

    [Fact]
    public void A_NaN_is_the_maximum_and_the_minimum()
    {
        Assert.True(float.IsNaN(ReductionLaw.Reduce<float>([1, float.NaN, 2], ReduceKind.Max)));
        Assert.True(float.IsNaN(ReductionLaw.Reduce<float>([1, float.NaN, 2], ReduceKind.Min)));
    }

    [Fact]
    public void Integers_wrap() => Assert.Equal(int.MinValue, ReductionLaw.Reduce<int>([int.MaxValue, 1], ReduceKind.Sum));

    [Fact]
    public void The_first_of_equal_elements_and_the_first_NaN_are_the_extremum()
    {
        Assert.Equal(1, ReductionLaw.ArgMax<int>([3, 7, 7]));
        Assert.Equal(0, ReductionLaw.ArgMax<float>([-0f, 0f]));
        Assert.Equal(1, ReductionLaw.ArgMin<float>([5, float.NaN, float.NegativeInfinity, float.NaN]));
        Assert.Equal(0, ReductionLaw.ArgMax<double>([double.NegativeInfinity, double.NegativeInfinity]));
    }

    [Fact]
    public void The_extremum_of_nothing_has_no_index() =>
        Assert.StartsWith(
            "ArgMax, ArgMin: there are no elements. Reduce over an axis whose extent is at least 1.",
            Assert.Throws<ArgumentException>(() => ReductionLaw.ArgMax<float>([])).Message,
            StringComparison.Ordinal);

    static float Sum(int length, params ReadOnlySpan<(int Index, float Value)> elements)
    {
        var values = new float[length];
        foreach ((int index, float value) in elements)
        {
            values[index] = value;
        }

        return ReductionLaw.Reduce<float>(values, ReduceKind.Sum);
    }
}
