using Ashlar.Lab.Sweeps;

namespace Ashlar.Lab.Tests.Sweeps;

public sealed class SweepParameterTests
{
    const double AlmostOne = 1 - (1.0 / (1L << 53));

    [Fact]
    public void Places_cover_a_range_on_its_scale()
    {
        var linear = SweepParameter.Range("x", -1, 3);
        var log = SweepParameter.Range("x", 1e-4, 1e-2, isLog: true);

        Assert.Equal(["-1", "0", "3"], new[] { 0, 0.25, AlmostOne }.Select(place => linear.At(place).GetRawText()));
        Assert.Equal(["0.0001", "0.001", "0.01"], new[] { 0, 0.5, AlmostOne }.Select(place => log.At(place).GetRawText()));
    }

    [Fact]
    public void Steps_reach_the_end_although_a_tenth_is_no_binary_number()
    {
        var steps = SweepParameter.Steps("x", 0, 0.3, 0.1);

        Assert.Equal(4, steps.Count);
        Assert.Equal(["0", "0.1", "0.2", "0.3"], Enumerable.Range(0, 4).Select(level => steps.Level(level).GetRawText()));
        Assert.Equal(["0", "0.1", "0.2", "0.3"], new[] { 0, 0.25, 0.5, AlmostOne }.Select(place => steps.At(place).GetRawText()));
    }

    [Fact]
    public void Whole_numbers_on_a_logarithmic_scale_take_room_by_their_ratio()
    {
        var whole = SweepParameter.Steps("x", 1, 100, isLog: true);

        // ln(1.5 / 0.5) of ln(100.5 / 0.5), which is 0.2071.
        Assert.Equal(["1", "1", "2", "100"], new[] { 0, 0.207, 0.208, AlmostOne }.Select(place => whole.At(place).GetRawText()));
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(whole.At(i / 1000.0).GetRawText(), whole.At(whole.Centre(i / 1000.0)).GetRawText()));
    }

    [Fact]
    public void Points_have_both_ends() =>
        Assert.Equal(["0.001", "0.01", "0.1"], Enumerable.Range(0, 3).Select(level => SweepParameter.Points("x", 0.001, 0.1, 3, isLog: true).Level(level).GetRawText()));
}
