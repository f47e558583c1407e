using Ashlar.Schedule;

namespace Ashlar.Tests.Cpu.Map;

public sealed class HugeAngleFoldTests
{
    [Fact]
    public void Sums_of_sines_of_huge_angles_have_the_bits_of_the_reference()
    {
        float[] angles = [.. Enumerable.Range(0, 64 * 96).Select(i => i % 7 == 3 ? 1e30f + (i * 1e25f) : i * 0.01f)];
        Assert.Equal(Sums(angles, Executor.Reference), Sums(angles, Executor.Compiled));
    }

    static float[] Sums(float[] angles, Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
        return Tensor.From(angles, 64, 96).Sin().Sum([1]).ToArray<float>();
    }
}
