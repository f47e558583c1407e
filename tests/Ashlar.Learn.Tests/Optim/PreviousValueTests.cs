using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class PreviousValueTests
{
    [Fact]
    public void A_step_may_read_the_value_from_before_the_last_step()
    {
        const int Extent = 100;
        float[] first = [.. Enumerable.Range(0, Extent * Extent).Select(i => (i % 101) - 50f)];
        var parameter = new Parameter(new Shape(Extent, Extent), _ => Tensor.From(first, Extent, Extent));
        var optimizer = new SGD([parameter], learningRate: 0.5);
        Tensor before = parameter.Tensor;
        optimizer.Step((parameter.Tensor * parameter.Tensor).Sum());
        Assert.All(parameter.Tensor.ToArray<float>(), value => Assert.Equal(0f, value));

        // The gradient's product reads the first value again and again, while the step writes the block in which that value lies.
        optimizer.Step(parameter.Tensor.MatMul(before).Sum());

        float[] sums = [.. Enumerable.Range(0, Extent).Select(row => first.AsSpan(row * Extent, Extent).ToArray().Sum())];
        float[] expected = [.. Enumerable.Range(0, Extent * Extent).Select(i => -0.5f * sums[i % Extent])];
        Assert.Equal(expected, parameter.Tensor.ToArray<float>());
    }
}
