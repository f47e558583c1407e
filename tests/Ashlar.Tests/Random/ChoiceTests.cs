namespace Ashlar.Tests.Random;

public sealed class ChoiceTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(77);

    [Fact]
    public void Choices_with_replacement_come_with_their_weights()
    {
        long[] even = Tensor.RandomChoice(Key, 4, new Shape(20_000)).ToArray<long>();
        Assert.All(Shares(even, 4), share => Assert.Equal(0.25, share, 0.015));
        long[] weighted = Tensor.RandomChoice(Key, 4, new Shape(20_000), probabilities: Tensor.From([0f, 3, 1, 0], 4)).ToArray<long>();
        double[] shares = Shares(weighted, 4);
        Assert.Equal((0.0, 0.0), (shares[0], shares[3]));
        Assert.Equal(0.75, shares[1], 0.015);
    }

    [Fact]
    public void Choices_without_replacement_differ()
    {
        long[] some = Tensor.RandomChoice(Key, 100, new Shape(6, 10), replace: false).ToArray<long>();
        Assert.Equal(60, some.Distinct().Count());
        Assert.All(some, value => Assert.InRange(value, 0, 99));
        Assert.Equal(some[..20], Tensor.RandomChoice(Key, 100, new Shape(20), replace: false).ToArray<long>());
    }

    // Weights 1, 2, 3: number 2 is drawn first with 1/2; it stays away from two draws with 1/6 · 2/5 + 1/3 · 1/4.
    [Fact]
    public void Weights_without_replacement_are_those_of_drawing_one_after_the_other()
    {
        Tensor weights = Tensor.From([1.0, 2, 3], 3);
        int first = 0;
        int absent = 0;
        const int Draws = 600;
        Tensor[] draws = [.. Enumerable.Range(0, Draws).Select(i => Tensor.RandomChoice(Key.Fold(i), 3, new Shape(2), replace: false, weights))];
        foreach (long[] pair in Tensor.Stack(draws).ToArray<long>().Chunk(2))
        {
            Assert.NotEqual(pair[0], pair[1]);
            first += pair[0] == 2 ? 1 : 0;
            absent += pair.Contains(2) ? 0 : 1;
        }

        // The deviations of the shares are 0.020 and 0.015.
        Assert.Equal(0.5, first / (double)Draws, 0.06);
        Assert.Equal((2 / 30.0) + (1 / 12.0), absent / (double)Draws, 0.045);
    }

    [Fact]
    public void Slices_of_any_axis_are_chosen()
    {
        Tensor x = Tensor.Arange(12).Reshape(3, 4);
        Assert.Equal(new Shape(5, 2, 4), Tensor.RandomChoice(Key, x, new Shape(5, 2)).Shape);
        int[] columns = Tensor.RandomChoice(Key, x, new Shape(4), replace: false, axis: -1).ToArray<int>();
        Assert.Equal([0, 1, 2, 3], columns[..4].Order());
        Assert.Equal(columns[..4].Select(value => value + 8), columns[8..]);
        Assert.Equal(0, Tensor.RandomChoice(Key, 0, new Shape(0)).Size);
    }

    [Fact]
    public void A_permutation_moves_whole_slices_or_each_row_alone()
    {
        Tensor x = Tensor.Arange(60).Reshape(20, 3);
        int[] rows = Tensor.RandomPermutation(Key, x).ToArray<int>();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 3), rows.Where((_, i) => i % 3 == 0).Order());
        Assert.All(rows.Chunk(3), row => Assert.Equal((row[0] + 1, row[0] + 2), (row[1], row[2])));
        Assert.NotEqual(x.ToArray<int>(), rows);

        int[] alone = Tensor.RandomPermutation(Key, x, axis: 0, independent: true).ToArray<int>();
        int[][] columns = [.. Enumerable.Range(0, 3).Select(c => alone.Where((_, i) => i % 3 == c).Select(value => value / 3).ToArray())];
        Assert.All(columns, column => Assert.Equal(Enumerable.Range(0, 20), column.Order()));
        Assert.NotEqual(columns[0], columns[1]);
    }

    [Fact]
    public void Impossible_choices_are_refused()
    {
        Assert.StartsWith("RandomChoice: 4 of 3 are asked for without replacement. Choose fewer or with replacement.", Assert.Throws<ShapeException>(() => Tensor.RandomChoice(Key, 3, new Shape(4), replace: false)).Message);
        Assert.StartsWith("RandomChoice: 1 of 0 are asked for. Choose fewer.", Assert.Throws<ShapeException>(() => Tensor.RandomChoice(Key, 0, new Shape(1))).Message);
        Assert.StartsWith("RandomChoice: the weights are [2], the numbers to choose from 3.", Assert.Throws<ShapeException>(() => Tensor.RandomChoice(Key, 3, new Shape(1), probabilities: Tensor.Ones(new Shape(2)))).Message);
    }

    static double[] Shares(long[] x, int count) => [.. Enumerable.Range(0, count).Select(value => x.Count(found => found == value) / (double)x.Length)];
}
