using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Primitives;

/// <summary>Conversions and arithmetic of every dtype against values of NumPy and PyTorch.</summary>
public sealed class DTypeValueTests
{
    public static TheoryData<Executor> Executors => new(Enum.GetValues<Executor>());

    [Theory, MemberData(nameof(Executors))]
    public void Conversions_are_those_of_NumPy_and_PyTorch(Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
        foreach ((DType from, DType to, Tensor x, byte[] y) in RecordedDTypes.Casts)
        {
            Require($"{from.Name} to {to.Name}", Tensor.FromBytes(y, to, x.Shape), x.To(to));
        }
    }

    [Theory, MemberData(nameof(Executors))]
    public void Arithmetic_is_that_of_NumPy_and_PyTorch(Executor executor)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
        foreach ((DType type, string name, Tensor x, Tensor y, byte[] z) in RecordedDTypes.Binaries)
        {
            Tensor result = name switch
            {
                "add" => x + y,
                "subtract" => x - y,
                "multiply" => x * y,
                "divide" => x / y,
                "minimum" => Tensor.Minimum(x, y),
                "maximum" => Tensor.Maximum(x, y),
                "less" => x < y,
                _ => x <= y,
            };
            Require($"{name} of {type.Name}", Tensor.FromBytes(z, result.DType, x.Shape), result);
        }
    }

    static void Require(string what, Tensor expected, Tensor actual)
    {
        string[] differ = [.. Bits.Of(expected).Chunk(expected.DType.ItemSize).Zip(Bits.Of(actual).Chunk(actual.DType.ItemSize))
            .Select((pair, i) => pair.First.AsSpan().SequenceEqual(pair.Second) ? "" : $"element {i}: {Convert.ToHexString(pair.First)} expected, {Convert.ToHexString(pair.Second)} found").Where(text => text != "")];
        Assert.True(differ.Length == 0, $"{what}: {string.Join("; ", differ.Take(5))}");
    }
}
