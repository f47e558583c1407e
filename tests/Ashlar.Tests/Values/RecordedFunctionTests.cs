using System.Globalization;

namespace Ashlar.Tests.Values;

/// <summary>Every row of the table against the values recorded for it.</summary>
public sealed class RecordedFunctionTests
{
    [Theory, MemberData(nameof(FunctionRows.Recorded), MemberType = typeof(FunctionRows))]
    public void Values_are_those_recorded(string name)
    {
        FunctionRow row = FunctionRows.Named(name);
        Assert.True(FunctionVectors.Cases.Contains(name), $"{name}: nothing is recorded. Add it to tools/vectors/functions_of_tensors.py.");
        List<string> wrong = [];
        foreach ((Tensor[] operands, Tensor[] results) in FunctionVectors.Cases[name])
        {
            Tensor[] found = row.Call(operands);
            string where = $"{name} of {string.Join(", ", operands.Select(x => $"{x.DType.Name}{x.Shape}"))}";
            Assert.Equal(results.Length, found.Length);
            for (int i = 0; i < found.Length; i++)
            {
                wrong.AddRange(Differences(where, operands, results[i], found[i], row));
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_recorded_function_has_a_row() =>
        Assert.Empty(FunctionVectors.Cases.Select(recorded => recorded.Key).Except(FunctionRows.All.Select(row => row.Name)));

    [Fact]
    public void Every_distance_has_a_reason() =>
        Assert.Empty(FunctionRows.All.Where(row => (row.Ulp > 0 || row.Absolute > 0) != (row.Reason.Length > 0)).Select(row => row.Name));

    static IEnumerable<string> Differences(string where, Tensor[] operands, Tensor expected, Tensor found, FunctionRow row)
    {
        if (!expected.Shape.Equals(found.Shape) || expected.DType != found.DType)
        {
            return [$"{where}: {expected.DType.Name}{expected.Shape} expected, {found.DType.Name}{found.Shape} found"];
        }

        (long[] wanted, long[] has) = (Places(expected), Places(found));
        (double[] wantedValues, double[] values) = (expected.To(DType.Float64).ToArray<double>(), found.To(DType.Float64).ToArray<double>());
        double[][] at = [.. operands.Select(x => (x.Size == found.Size ? x.Reshape(x.Size) : x).To(DType.Float64).ToArray<double>())];
        return Enumerable.Range(0, has.Length)
            .Where(i => wanted[i] != has[i] && (double.IsNaN(wantedValues[i]) ? !double.IsNaN(values[i])
                : !(Math.Abs((double)wanted[i] - has[i]) <= row.Ulp) && !(Math.Abs(wantedValues[i] - values[i]) <= row.Absolute)))
            .Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{where}, element {i}{string.Concat(at.Where(x => x.Length == has.Length).Select(x => $" at {x[i]:R}"))}: {wantedValues[i]:R} expected, {values[i]:R} found, {(double)wanted[i] - has[i]} apart"));
    }

    // The place of each element among the numbers of its dtype: neighbours are 1 apart, -0 and +0 too, so that a wrong sign of zero shows.
    static long[] Places(Tensor x) => x.DType switch
    {
        DType.Float32 => [.. x.ToArray<float>().Select(BitConverter.SingleToInt32Bits).Select(bits => bits < 0 ? -(long)(bits & 0x7FFFFFFF) - 1 : bits)],
        DType.Float64 => [.. x.ToArray<double>().Select(BitConverter.DoubleToInt64Bits).Select(bits => bits < 0 ? -(bits & long.MaxValue) - 1 : bits)],
        _ => x.To(DType.Int64).ToArray<long>(),
    };
}
