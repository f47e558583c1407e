using Ashlar.Primitives.Map;
using Ashlar.Schedule;
using Ashlar.Tests.Cpu.Map;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Primitives;

/// <summary>Every map on every dtype that it takes, over values that break careless definitions and over random bits.</summary>
public sealed class MapExecutorTests
{
    const int Count = 301;

    public static TheoryData<string> Maps => [.. PrimitiveCases.All.Where(row => row.Primitive is MapPrimitive).Select(row => row.Name)];

    [Theory, MemberData(nameof(Maps))]
    public void Executors_have_the_reference_bits(string name)
    {
        PrimitiveCase row = PrimitiveCases.Named(name);
        foreach (DType type in row.AllTypes)
        {
            byte[] expected = Run(row, type, new ExecutionOptions { Executor = Executor.Reference });
            Assert.True(expected.AsSpan().SequenceEqual(Run(row, type, new ExecutionOptions { Threads = 2 })), $"{name} of {type.Name}: the compiled kernel differs from the reference.");
            Assert.True(expected.AsSpan().SequenceEqual(Run(row, type, new ExecutionOptions { Executor = Executor.Interpreter })), $"{name} of {type.Name}: the interpreter differs from the reference.");
        }
    }

    static byte[] Run(PrimitiveCase row, DType type, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        var result = new Tensor(row.Of([.. row.Operands.Select((operand, i) => Samples(row, operand.Type ?? type, i).Node)]));
        return Bits.Of(result);
    }

    // An integer divisor is not zero, and no NaN's payload becomes a number.
    static Tensor Samples(PrimitiveCase row, DType type, int operand)
    {
        long[] bits = MapTrial.Samples(type, Count, 11 + (ulong)operand);
        bool divisor = (row.Primitive == ArithmeticMaps.Divide || row.Primitive == DivisionMaps.FloorDivide || row.Primitive == DivisionMaps.Remainder || row.Primitive == DivisionMaps.Fmod)
            && type.IsInteger && operand == 1;
        bool payload = row.Primitive == ConversionMaps.Bitcast && type.IsFloating;
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = (divisor && bits[i] == 0) || (payload && double.IsNaN(Scalars.ScalarBits.ToDouble(type, bits[i]))) ? 3 : bits[i];
        }

        return Tensor.FromBytes([.. bits.SelectMany(b => BitConverter.GetBytes(b)[..type.ItemSize])], type, new Shape(Count));
    }
}
