using System.Text.Json;
using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class LossTests : ReferenceScope
{
    static readonly Tensor Labels = Tensor.From([2, 0, 4, 1], 4);

    static readonly Dictionary<string, Func<Tensor[], Tensor>> Losses = new()
    {
        ["cross entropy"] = x => Loss.CrossEntropy(x[0], Labels),
        ["cross entropy with smoothing"] = x => Loss.CrossEntropy(x[0], Labels.To(DType.Int64), smoothing: 0.25),
        ["mean squared error"] = x => Loss.MeanSquaredError(x[0], x[1]),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_loss_has_PyTorchs_value_and_gradient(string name)
    {
        JsonElement record = TorchVectors.Of("losses", name);
        Tensor[] inputs = [.. record.GetProperty("inputs").EnumerateArray().Select(input => input.Tensor())];
        (Tensor value, Tensor[] gradients) = Transform.ValueAndGradient((Tensor[] x) => Losses[name](x))(inputs);
        Assert.Equal(record.GetProperty("value").GetSingle(), value.Item<float>(), 1e-6f);
        TorchVectors.AssertClose(record.GetProperty("gradient"), gradients[0]);
    }

    [Fact]
    public void Cross_entropy_of_huge_logits_is_finite() =>
        Assert.Equal(2000, Loss.CrossEntropy(Tensor.From([1000f, -1000f], 1, 2), Tensor.From([1], 1)).Item<float>());

    [Fact]
    public void Cross_entropy_refuses_a_label_outside_the_classes()
    {
        var error = Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(Tensor.Zeros(new Shape(2, 3)), Tensor.From([1, 3], 2)));
        Assert.StartsWith("CrossEntropy: label 3 of row 1 lies outside 0 … 2. Check the labels against the 3 outputs of the last layer, or give ignore: 3 if it marks what to leave out.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cross_entropy_of_a_computed_label_outside_the_classes_is_NaN() =>
        Assert.True(float.IsNaN(Loss.CrossEntropy(Tensor.Zeros(new Shape(2, 3)), Tensor.Arange(2) + 2).Item<float>()));

    [Fact]
    public void Cross_entropy_refuses_other_shapes()
    {
        var error = Assert.Throws<ShapeException>(() => Loss.CrossEntropy(Tensor.Zeros(new Shape(2, 3)), Tensor.From([1, 2, 0], 3)));
        Assert.Equal("CrossEntropy: logits [2, 3] and target [3] do not fit. Give [B, C, …] and classes [B, …], or probabilities [B, C, …].", error.Message);
    }

    [Fact]
    public void Cross_entropy_refuses_other_dtypes()
    {
        var error = Assert.Throws<DTypeException>(() => Loss.CrossEntropy(Tensor.Zeros(new Shape(2, 3)), Tensor.From([true, false], 2)));
        Assert.Equal("CrossEntropy: logits are float32 and the target bool. Give floating logits and a target of whole numbers such as int32.", error.Message);
    }

    [Fact]
    public void Cross_entropy_refuses_smoothing_outside_its_range()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(Tensor.Zeros(new Shape(1, 3)), Tensor.From([1], 1), smoothing: 1));
        Assert.StartsWith("CrossEntropy: smoothing 1 lies outside 0 ≤ ε < 1. Give the share taken from the label.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mean_squared_error_broadcasts_nothing()
    {
        var error = Assert.Throws<ShapeException>(() => Loss.MeanSquaredError(Tensor.Zeros(new Shape(4, 1)), Tensor.Zeros(new Shape(4))));
        Assert.Equal("MeanSquaredError: prediction [4, 1] and target [4] differ. Reshape one to the other's shape.", error.Message);
    }
}
