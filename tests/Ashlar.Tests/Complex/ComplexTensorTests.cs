using Ashlar.Ir;
using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Complex;

public sealed class ComplexTensorTests
{
    static readonly Number[] Six = [new(1, 2), new(3, -4), new(-5, 6), new(0.5, 0), new(0, -1), new(7, 7)];

    [Fact]
    public void Numbers_come_back_as_they_were_given()
    {
        Tensor z = Tensor.From(Six, 2, 3);
        Assert.Equal((DType.Complex128, new Shape(2, 3), 6, 2), (z.DType, z.Shape, z.Size, z.Rank));
        Assert.Equal(Six, z.ToArray<Number>());
        Complex64[] narrow = [.. Six.Select(number => (Complex64)number)];
        Assert.Equal(narrow, Tensor.From(narrow, 6).ToArray<Complex64>());
        Assert.Equal(z.ToBytes(), Tensor.FromBytes(z.ToBytes(), DType.Complex128, new Shape(2, 3)).ToBytes());
        Assert.Equal(new Number(3, -4), z.Slice(0, 0, 1).Slice(1, 1, 1).Item<Number>());
    }

    // As NumPy 1.24 prints them.
    [Fact]
    public void Numbers_are_printed_as_NumPy_prints_them()
    {
        Assert.Equal("[1. +2.j  2.-10.5j 3. -0.j ]", Tensor.From([new Number(1, 2), new(2, -10.5), new(3, -0.0)], 3).ToString());
        Assert.Equal("[1.5+2.e+00j 2. -1.e+10j]", Tensor.From([new Number(1.5, 2), new(2, -1e10)], 2).ToString());
    }

    [Fact]
    public void Parts_and_pairs_are_views_of_the_same_number()
    {
        Tensor z = Tensor.Complex(Tensor.From([1.0, 2, 3], 3), Tensor.Scalar(4, DType.Float64));
        Assert.Equal([new Number(1, 4), new(2, 4), new(3, 4)], z.ToArray<Number>());
        Assert.Equal([1.0, 2, 3], z.Real.ToArray<double>());
        Assert.Equal([4.0, 4, 4], z.Imag.ToArray<double>());
        Assert.Equal([1.0, 4, 2, 4, 3, 4], z.ViewAsReal().ToArray<double>());
        Assert.Equal(new Shape(3, 2), z.ViewAsReal().Shape);
        Assert.Equal(z.ToArray<Number>(), z.ViewAsReal().ViewAsComplex().ToArray<Number>());
        Assert.Equal([new Number(1, -4), new(2, -4), new(3, -4)], z.Conj().ToArray<Number>());
    }

    [Fact]
    public void A_real_tensor_is_its_own_real_part()
    {
        Tensor x = Tensor.From([1f, -2], 2);
        Assert.Same(x, x.Real);
        Assert.Same(x, x.Conj());
        Assert.Equal([0f, 0], x.Imag.ToArray<float>());
    }

    [Fact]
    public void Dtypes_of_tensors_and_numbers_promote()
    {
        Tensor z = Tensor.Zeros(new Shape(2), DType.Complex64);
        Assert.Equal(DType.Complex64, (z + Tensor.Ones(new Shape(2))).DType);
        Assert.Equal(DType.Complex64, (z * Tensor.Arange(2)).DType);
        Assert.Equal(DType.Complex128, (z + Tensor.Ones(new Shape(2), DType.Float64)).DType);
        Assert.Equal(DType.Complex64, (z + 0.5).DType);
        Assert.Equal(DType.Complex64, (Tensor.Ones(new Shape(2)) * Number.ImaginaryOne).DType);
        Assert.Equal(DType.Complex64, (Tensor.Arange(2) * Number.ImaginaryOne).DType);
        Assert.Equal(DType.Complex128, (Tensor.Ones(new Shape(2), DType.Float64) * Number.ImaginaryOne).DType);
        Assert.Equal(DType.Complex64, Tensor.Ones(new Shape(2), DType.Float64).To(DType.Complex64).DType);
        Assert.Equal([new Complex64(2.5f, 0), new(2.5f, 0)], Tensor.Full(new Shape(2), 2.5, DType.Complex64).ToArray<Complex64>());
        Assert.Equal([new Complex64(1, 2)], Tensor.Full(new Shape(1), new Number(1, 2)).ToArray<Complex64>());
        Assert.Equal([true, false], Tensor.From([Number.ImaginaryOne, Number.Zero], 2).To(DType.Bool).ToArray<bool>());
    }

    [Fact]
    public void Movements_move_whole_numbers()
    {
        Tensor z = Tensor.From(Six, 2, 3);
        Assert.Equal([Six[0], Six[3], Six[1], Six[4], Six[2], Six[5]], z.T.ToArray<Number>());
        Assert.Equal([Number.Conjugate(Six[0]), Number.Conjugate(Six[3])], z.ConjugateTranspose().Slice(0, 0, 1).ToArray<Number>());
        Assert.Equal([Six[2], Six[1], Six[0], Six[5], Six[4], Six[3]], z.Flip(-1).ToArray<Number>());
        Assert.Equal([Six[1], Six[4]], z.Slice(1, 1, 1).ToArray<Number>());
        Assert.Equal([Number.Zero, Six[0], Six[1], Six[2]], z.Slice(0, 0, 1).Reshape(-1).Pad([1], [0]).ToArray<Number>());
        Assert.Equal([.. Six, .. Six.Select(number => new Number(number.Real, 0))], Tensor.Concat([z, z.Real], 0).ToArray<Number>());
        Assert.Equal([.. Six[..3], .. Six[..3]], z.Slice(0, 0, 1).BroadcastTo(new Shape(2, 3)).ToArray<Number>());
        Assert.Equal([Six[2], Six[0]], Tensor.From(Six[..3], 3).Gather(Tensor.From([2, 0], 2)).ToArray<Number>());
        Assert.Equal([Six[0], 9, Six[2]], Tensor.Where(Tensor.From([true, false, true], 3), Tensor.From(Six[..3], 3), Tensor.Scalar(9, DType.Float64)).ToArray<Number>());
    }

    [Fact]
    public void Arithmetic_is_that_of_numbers()
    {
        Tensor a = Tensor.From(Six[..3], 3);
        Tensor b = Tensor.From(Six[3..], 3);
        Number[] Pairwise(Func<Number, Number, Number> f) => [.. Enumerable.Range(0, 3).Select(i => f(Six[i], Six[i + 3]))];
        Assert.Equal(Pairwise((x, y) => x + y), (a + b).ToArray<Number>());
        Assert.Equal(Pairwise((x, y) => x - y), (a - b).ToArray<Number>());
        Assert.Equal(Pairwise((x, y) => x * y), (a * b).ToArray<Number>());
        Assert.Equal(Pairwise((x, _) => x * 2), (2 * a).ToArray<Number>());
        Assert.Equal(Pairwise((x, _) => 1 - x), (1 - a).ToArray<Number>());
        Assert.Equal(Pairwise((x, _) => x * new Number(0, 2)), (a * new Number(0, 2)).ToArray<Number>());
        Assert.Equal(Pairwise((x, _) => -x), (-a).ToArray<Number>());
        Assert.Equal(Pairwise((x, _) => x * x * x), a.Pow(3).ToArray<Number>());
        Assert.Equal([true, false, false], a.EqualTo(Tensor.From([Six[0], Six[1].Real, Number.Zero], 3)).ToArray<bool>());
        Assert.Equal([false, true, true], a.NotEqualTo(Tensor.From([Six[0], Six[1].Real, Number.Zero], 3)).ToArray<bool>());
    }

    [Fact]
    public void Sums_means_and_products_run_along_axes()
    {
        Tensor z = Tensor.From(Six, 2, 3);
        Assert.Equal(Six.Aggregate((x, y) => x + y), z.Sum().Item<Number>());
        Assert.Equal([(Six[0] + Six[3]) / 2, (Six[1] + Six[4]) / 2, (Six[2] + Six[5]) / 2], z.Mean([0]).ToArray<Number>());
        Assert.Equal([Six[0] * Six[1] * Six[2], Six[3] * Six[4] * Six[5]], z.Prod([-1]).ToArray<Number>());
        Assert.Equal(0.5, Tensor.From([new Number(1, 0), new(2, 1)], 2).Var().Item<double>());
        Assert.Equal(new Shape(2, 1), z.Prod([-1], keepAxes: true).Shape);
        Assert.Equal(Number.One, Tensor.Zeros(new Shape(0), DType.Complex128).Prod().Item<Number>());
        Assert.Equal(new Shape(0, 2), Tensor.Zeros(new Shape(2, 0), DType.Complex128).T.Shape);
    }

    [Fact]
    public void A_chain_of_values_keeps_no_history()
    {
        Tensor z = Tensor.From(Six, 6);
        for (int step = 0; step < 20; step++)
        {
            z = z * new Number(0, 1);
            Tensor.Eval(z);
        }

        Assert.Equal(Six, z.ToArray<Number>());
        Assert.InRange((z.Real + z.Imag).Node.PendingDepth, 1, 8);
    }

    [Fact]
    public void Reading_where_gradients_are_off_does_not_cut_them_off_elsewhere()
    {
        Tensor gradient = Transform.Gradient(x =>
        {
            Tensor z = Tensor.Complex(x, x * x);
            using (Transform.NoGradient())
            {
                _ = z.ViewAsReal();
                _ = z.Real;
            }

            return z.ViewAsReal().Sum();
        })(Tensor.From([3f], 1));
        Assert.Equal([7f], gradient.ToArray<float>());
    }

    [Fact]
    public void What_has_no_complex_meaning_refuses_with_a_remedy()
    {
        Tensor z = Tensor.Zeros(new Shape(2), DType.Complex64);
        const string Remedy = " is complex, and the operation takes real numbers. Take Real, Imag, Abs() or Angle() first, or the pairs with ViewAsReal().";
        AssertRefuses("Less: complex64[2]" + Remedy, () => z < 1.0);
        AssertRefuses("Maximum: complex64[2]" + Remedy, () => Tensor.Maximum(z, z));
        AssertRefuses("Relu: complex64[2]" + Remedy, () => z.Relu());
        AssertRefuses("Max: complex64[2]" + Remedy, () => z.Max());
        AssertRefuses("Sort: complex64[2]" + Remedy, () => z.Sort());
        AssertRefuses("ArgSort: complex64[2]" + Remedy, () => z.ArgSort());
        AssertRefuses("Mode: complex64[2]" + Remedy, () => z.Mode());
        AssertRefuses("TopK: complex64[2]" + Remedy, () => z.TopK(1));
        AssertRefuses("KthValue: complex64[2]" + Remedy, () => z.KthValue(1));
        AssertRefuses("SearchSorted: complex64[2]" + Remedy, () => z.SearchSorted(z));
        AssertRefuses("Bucketize: complex64[2]" + Remedy, () => z.Bucketize(z));
        AssertRefuses("Digitize: complex64[2]" + Remedy, () => z.Digitize(z));
        AssertRefuses("UniqueValues: complex64[2]" + Remedy, () => z.UniqueValues());
        AssertRefuses("UniqueCounts: complex64[2]" + Remedy, () => z.UniqueCounts(0));
        AssertRefuses("UniqueInverse: complex64[2]" + Remedy, () => z.UniqueInverse());
        AssertRefuses("UniqueAll: complex64[2]" + Remedy, () => z.UniqueAll(0));
        AssertRefuses("IsIn: complex64[2]" + Remedy, () => z.IsIn(z));
        AssertRefuses("To: complex64[2]" + Remedy, () => z.To(DType.Float32));
        AssertRefuses("Complex: complex64[2]" + Remedy, () => Tensor.Complex(z, z));
        AssertRefuses("Tensor: complex64[2]" + Remedy, () => z.Node);
        AssertRefuses("ViewAsReal: float32[2] is real already. Use it as it is.", () => z.Real.ViewAsReal());
        AssertRefuses("ViewAsComplex: int32[2] holds no pairs of floats. Cast it to float32 or float64 first.", () => Tensor.Arange(2).ViewAsComplex());
        AssertRefuses("Full: float32 holds no complex number. Ask for complex64 or complex128.", () => Tensor.Full(new Shape(1), Number.One, DType.Float32));
        AssertRefuses("Read: the tensor is complex64, its elements are no Complex. Cast it with To(Complex128) first.", () => z.ToArray<Number>());
        AssertRefuses("dtype: complex64 is no dtype of a node. Record pairs of float32 along a last axis of extent 2 and view the tensor as complex.",
            () => Node.Slot(new Shape(2), DType.Complex64, 0));
        var error = Assert.Throws<ShapeException>(() => z.Real.Reshape(1, 2).T.ViewAsComplex());
        Assert.Equal("ViewAsComplex: the last axis of [2, 1] holds no pairs. Give [..., 2]: real and imaginary part.", error.Message);
    }

    static void AssertRefuses(string message, Func<object> act) => Assert.Equal(message, Assert.Throws<DTypeException>(act).Message);
}
