using System.Globalization;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>What a value got differs in from a value wanted.</summary>
static class ValueDifference
{
    const double Absolute = 1e-7;

    /// <summary>The first difference in words, or null.</summary>
    /// <param name="got">The value.</param>
    /// <param name="wanted">What it should be.</param>
    /// <param name="relative">|got - wanted| may be 1e-7 + this · |wanted|.</param>
    /// <param name="shapesOnly">Whether values are drawn by chance, so that only type, shape and range count.</param>
    /// <param name="ofLargest">With this part of the largest number in place of 1e-7: where large and near-zero elements stand beside each other, float32 itself misses the absolute term.</param>
    public static string? Of(OnnxValue got, OnnxValue wanted, double relative, bool shapesOnly, double ofLargest = 0) => (got, wanted) switch
    {
        (OnnxTensor a, OnnxTensor b) => Tensors(a, b, relative, shapesOnly, ofLargest),
        (OnnxStrings a, OnnxStrings b) => !a.Shape.Equals(b.Shape) ? $"{a}, wanted {b}" : First(a.Items, b.Items, (x, y) => x == y ? null : $"'{x}', wanted '{y}'"),
        (OnnxSequence a, OnnxSequence b) => a.Items.Count != b.Items.Count ? $"a sequence of {a.Items.Count}, wanted {b.Items.Count}" : First(a.Items, b.Items, (x, y) => Of(x, y, relative, shapesOnly, ofLargest)),
        (OnnxMap a, OnnxMap b) => Maps(a, b, relative),
        (OnnxOptional { Value: null }, OnnxOptional { Value: null }) => null,
        (OnnxOptional { Value: { } a }, OnnxOptional { Value: { } b }) => Of(a, b, relative, shapesOnly, ofLargest),
        _ => $"{got}, wanted {wanted}",
    };

    static string? First<T>(IReadOnlyList<T> got, IReadOnlyList<T> wanted, Func<T, T, string?> compare)
    {
        for (int i = 0; i < got.Count; i++)
        {
            if (compare(got[i], wanted[i]) is { } difference)
            {
                return $"element {i}: {difference}";
            }
        }

        return null;
    }

    // The order of keys means nothing.
    static string? Maps(OnnxMap got, OnnxMap wanted, double relative)
    {
        (object Key, object Value)[] a = [.. got.Keys.Zip(got.Values).OrderBy(entry => entry.First.ToString(), StringComparer.Ordinal)];
        (object Key, object Value)[] b = [.. wanted.Keys.Zip(wanted.Values).OrderBy(entry => entry.First.ToString(), StringComparer.Ordinal)];
        return !a.Select(entry => entry.Key).SequenceEqual(b.Select(entry => entry.Key))
            ? $"the keys {string.Join(", ", got.Keys)}, wanted {string.Join(", ", wanted.Keys)}"
            : First(a, b, (x, y) => x.Value.Equals(y.Value) || (x.Value is not string && y.Value is not string && IsNear(Convert.ToDouble(x.Value, CultureInfo.InvariantCulture), Convert.ToDouble(y.Value, CultureInfo.InvariantCulture), relative)) ? null : $"'{x.Key}' is {x.Value}, wanted {y.Value}");
    }

    static bool IsNear(double got, double wanted, double relative) => Math.Abs(got - wanted) <= Absolute + (relative * Math.Abs(wanted));

    static string? Tensors(OnnxTensor got, OnnxTensor wanted, double relative, bool shapesOnly, double ofLargest)
    {
        if (got.Type != wanted.Type || !got.Tensor.Shape.Equals(wanted.Tensor.Shape))
        {
            return $"{got}, wanted {wanted}";
        }

        if (shapesOnly)
        {
            return Range(got.Tensor, wanted.Tensor);
        }

        if (!got.Tensor.DType.IsFloating && !got.Tensor.DType.IsComplex)
        {
            return Exact(got.Tensor, wanted.Tensor);
        }

        double[] a = Numbers(got.Tensor);
        double[] b = Numbers(wanted.Tensor);
        double largest = b.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        int wrong = 0;
        string? first = null;
        for (int i = 0; i < a.Length; i++)
        {
            bool same = double.IsNaN(b[i]) ? double.IsNaN(a[i]) : double.IsInfinity(b[i]) ? a[i] == b[i] : Math.Abs(a[i] - b[i]) <= Math.Max(Absolute, ofLargest * largest) + (relative * Math.Abs(b[i]));
            if (!same)
            {
                wrong++;
                first ??= string.Create(CultureInfo.InvariantCulture, $"element {i} is {a[i]:G9}, wanted {b[i]:G9}");
            }
        }

        return first is null ? null : $"{wrong} of {a.Length} differ, {first}";
    }

    // Drawn values lie where others of the same distribution lie.
    static string? Range(Tensor got, Tensor wanted)
    {
        double[] a = Numbers(got);
        double[] b = Numbers(wanted);
        if (a.Length == 0)
        {
            return null;
        }

        double slack = b.Max() - b.Min();
        return a.All(x => x >= b.Min() - slack && x <= b.Max() + slack) && (slack == 0 || a.Distinct().Count() > 1 || a.Length < 8)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"drawn from {a.Min():G4} to {a.Max():G4}, wanted about {b.Min():G4} to {b.Max():G4}");
    }

    static string? Exact(Tensor got, Tensor wanted)
    {
        byte[] a = got.ToBytes();
        byte[] b = wanted.ToBytes();
        if (a.AsSpan().SequenceEqual(b))
        {
            return null;
        }

        long[] x = got.To(DType.Int64).ToArray<long>();
        long[] y = wanted.To(DType.Int64).ToArray<long>();
        int wrong = Enumerable.Range(0, x.Length).Count(i => x[i] != y[i]);
        int at = Enumerable.Range(0, x.Length).First(i => x[i] != y[i]);
        return $"{wrong} of {x.Length} differ{(Enumerable.Range(0, x.Length).All(i => Math.Abs(x[i] - y[i]) <= 1) ? " by one" : "")}, element {at} is {x[at]}, wanted {y[at]}";
    }

    /// <summary>The elements as float64, of complex ones both parts.</summary>
    public static double[] Numbers(Tensor x) => (x.DType.IsComplex ? x.ViewAsReal() : x).To(DType.Float64).ToArray<double>();
}
