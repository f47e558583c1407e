namespace Ashlar.Tests.Law;

/// <summary>A row alone has the bits of the row in a batch.</summary>
public sealed class BatchLawTests
{
    static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Theory, InlineData(1), InlineData(17), InlineData(300)]
    public void A_row_of_a_product_stands_alone(int inputs)
    {
        Tensor x = Tensor.RandomNormal(Key, new Shape(33, inputs));
        Tensor w = Tensor.RandomNormal(Key.Fold(1), new Shape(inputs, 19));
        RowsStandAlone(x, row => row.MatMul(w));
    }

    [Fact]
    public void A_row_of_a_softmax_stands_alone() =>
        RowsStandAlone(Tensor.RandomNormal(Key, new Shape(33, 100)), row =>
        {
            Tensor e = (row - row.Max([-1], keepAxes: true)).Exp();
            return e / e.Sum([-1], keepAxes: true);
        });

    [Fact]
    public void A_row_of_a_normalisation_stands_alone() =>
        RowsStandAlone(Tensor.RandomNormal(Key, new Shape(9, 4099)), row => (row - row.Mean([-1], keepAxes: true)) * (row.Var([-1], keepAxes: true) + 1e-5).Rsqrt());

    static void RowsStandAlone(Tensor x, Func<Tensor, Tensor> f)
    {
        byte[] batch = f(x).ToBytes();
        int bytes = batch.Length / x.Shape[0];
        for (int row = 0; row < x.Shape[0]; row++)
        {
            Assert.Equal(batch[(row * bytes)..((row + 1) * bytes)], f(x.Slice(0, row, 1)).ToBytes());
        }
    }
}
