using System.Text.Json;
using Ashlar.Schedule;
using Ashlar.Tests.Schedule;
using FsCheck;
using FsCheck.Fluent;
using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Fft;

public sealed class FftTests
{
    // ε log₂ 4099 = 12 · 2⁻⁵² for us, as much for NumPy.
    const double Tolerance = 5e-15;
    const double SingleTolerance = 2e-6;

    [Fact]
    public void Transforms_of_any_length_are_NumPys()
    {
        foreach (JsonElement row in FftVectors.Rows("fft"))
        {
            int n = row.GetProperty("n").GetInt32();
            int step = row.GetProperty("step").GetInt32();
            Tensor x = FftVectors.Complex(n, n);
            FftVectors.AssertClose(row.GetProperty("forward"), x.Fft(), Tolerance, step);
            FftVectors.AssertClose(row.GetProperty("forward"), x.To(DType.Complex64).Fft(), SingleTolerance, step);
            if (row.TryGetProperty("inverse", out JsonElement inverse))
            {
                FftVectors.AssertClose(inverse, x.IFft(), Tolerance, step);
            }
        }
    }

    [Fact]
    public void Transforms_over_axes_are_NumPys()
    {
        Tensor x = FftVectors.Complex(7, 3, 4, 5);
        var results = new Dictionary<string, Tensor>
        {
            ["FftN"] = x.FftN(),
            ["IFftN"] = x.IFftN(),
            ["Fft2"] = x.Fft2(),
            ["axis 1"] = x.Fft(axis: 1),
            ["crop and fill"] = x.FftN([2, 6], [0, 2]),
            ["RFftN"] = x.Real.RFftN(),
            ["IRFftN"] = x.IRFftN(),
            ["IRFftN of 7"] = x.IRFftN([4, 7]),
        };
        foreach (JsonElement row in FftVectors.Rows("nd"))
        {
            Tensor found = results[row.GetProperty("name").GetString()!];
            Assert.Equal([.. row.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())], found.Shape);
            FftVectors.AssertClose(row.GetProperty("values"), found, Tolerance);
        }

        Assert.Equal(x.Fft2().ToArray<Number>(), x.FftN(axes: [1, 2]).ToArray<Number>());
        FftVectors.AssertClose(FftVectors.Rows("nd").Single(row => row.GetProperty("name").GetString() == "Fft2").GetProperty("values"), x.Fft2().IFft2().Fft2(), Tolerance);
    }

    [Fact]
    public void Transforms_of_real_signals_and_frequencies_are_NumPys()
    {
        foreach (JsonElement row in FftVectors.Rows("real"))
        {
            int n = row.GetProperty("n").GetInt32();
            (Tensor y, Tensor z) = (FftVectors.Real(n, n), FftVectors.Complex(n, n));
            FftVectors.AssertClose(row.GetProperty("rfft"), y.RFft(), Tolerance);
            FftVectors.AssertClose(row.GetProperty("ihfft"), y.IHFft(), Tolerance);
            FftVectors.AssertClose(row.GetProperty("irfft of n"), z.IRFft(n), Tolerance);
            FftVectors.AssertClose(row.GetProperty("hfft of n"), z.HFft(n), Tolerance);
            FftVectors.AssertClose(row.GetProperty("fftfreq"), Tensor.FftFreq(n, 0.5, DType.Float64), 1e-15);
            FftVectors.AssertClose(row.GetProperty("rfftfreq"), Tensor.RFftFreq(n, 0.5, DType.Float64), 1e-15);
            FftVectors.AssertClose(row.GetProperty("fftshift"), y.FftShift(), 0);
            FftVectors.AssertClose(row.GetProperty("ifftshift"), y.IFftShift(), 0);
        }
    }

    [Fact]
    public void Norms_crops_and_fillings_are_NumPys()
    {
        foreach (JsonElement row in FftVectors.Rows("norms"))
        {
            FftNorm norm = Enum.Parse<FftNorm>(row.GetProperty("norm").GetString()!, ignoreCase: true);
            (Tensor y, Tensor z) = (FftVectors.Real(9, 6), FftVectors.Complex(9, 6));
            FftVectors.AssertClose(row.GetProperty("Fft"), z.Fft(norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("IFft"), z.IFft(8, norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("RFft"), y.RFft(4, norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("IRFft"), z.IRFft(norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("HFft"), z.HFft(norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("IHFft"), y.IHFft(norm: norm), Tolerance);
        }
    }

    [Fact]
    public void Cosine_transforms_are_SciPys()
    {
        foreach (JsonElement row in FftVectors.Rows("dct"))
        {
            int n = row.GetProperty("n").GetInt32();
            FftNorm norm = Enum.Parse<FftNorm>(row.GetProperty("norm").GetString()!, ignoreCase: true);
            Tensor y = FftVectors.Real(n, n);
            FftVectors.AssertClose(row.GetProperty("dct"), y.Dct(norm: norm), Tolerance);
            FftVectors.AssertClose(row.GetProperty("idct"), y.IDct(norm: norm), Tolerance);
        }

        Tensor columns = FftVectors.Real(3, 4, 5);
        Assert.Equal(columns.T.Dct().T.ToArray<double>(), columns.Dct(axis: 0).ToArray<double>());
    }

    [Theory, MemberData(nameof(ExecutorTests.Executions), MemberType = typeof(ExecutorTests))]
    public void A_program_of_complex_numbers_has_the_reference_bits(string name, ExecutionOptions options)
    {
        Assert.True(Hash(new ExecutionOptions { Executor = Executor.Reference }) == Hash(options), $"{name} differs from the reference.");

        static string Hash(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            Tensor x = FftVectors.Complex(11, 6, 24).To(DType.Complex64);
            Tensor y = (x.Fft() * x.Conj() / (x.Abs() + 1.0)).IFft(axis: 0).Exp() - x.FftN().Sqrt();
            Tensor gradient = Transform.Gradient(z => (z.Fft(20).Abs() * z.Real.RFft(38).Abs()).Sum())(x);
            Tensor frames = x.Real.Stft(8, 3, Window.Hann(8));
            return Bits.Hash(y, gradient, frames, x.Slice(1, 0, 6).MatMul(x));
        }
    }

    [Fact]
    public void Transforms_are_linear_keep_lengths_and_undo_each_other() => Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt>().Filter(n => n.Get <= 200), ArbMap.Default.ArbFor<byte>(), (n, seed) =>
        {
            int count = n.Get;
            (Tensor x, Tensor y) = (FftVectors.Complex(seed + 1, count), FftVectors.Complex(seed + 1000, count));
            double size = Length(x) + Length(y) + 1e-300;
            var factor = new Number(0.25, -1.5);
            double linear = Length(((x * factor) + y).Fft(norm: FftNorm.Ortho) - ((x.Fft(norm: FftNorm.Ortho) * factor) + y.Fft(norm: FftNorm.Ortho)));
            double parseval = Math.Abs(Length(x.Fft(norm: FftNorm.Ortho)) - Length(x));
            double back = Length(x.Fft().IFft() - x);
            double half = Length(x.Real.RFft().IRFft(count) - x.Real);
            return linear <= 1e-14 * size && parseval <= 1e-14 * size && back <= 1e-14 * size && half <= 1e-14 * size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_error_is_at_most_epsilon_times_the_logarithm_of_the_length()
    {
        foreach (int n in (int[])[4, 30, 97, 1000, 1024, 4099])
        {
            // Multiples of 1/64 are float32 already, so all of the difference is the transform's.
            Tensor x = FftVectors.Complex(n, n);
            Tensor exact = x.Fft();
            double error = Length(x.To(DType.Complex64).Fft().To(DType.Complex128) - exact) / Length(exact);
            Assert.InRange(error, 0, Math.ScaleB(1 + System.Numerics.BitOperations.Log2((uint)n), -24));
        }
    }

    [Fact]
    public void Gradients_are_PyTorchs()
    {
        Tensor complex = Transform.Gradient(z => z.Fft().Abs().Sum() + z.IFft(norm: FftNorm.Ortho).Pow(2).Real.Sum())(FftVectors.Complex(3, 6));
        FftVectors.AssertClose(FftVectors.Of("gradients").GetProperty("complex"), complex, 1e-13);
        Tensor forward = Transform.Gradient(x => x.RFft().Abs().Pow(3).Sum())(FftVectors.Real(3, 7));
        FftVectors.AssertClose(FftVectors.Of("gradients").GetProperty("rfft"), forward, 1e-13);
        Tensor inverse = Transform.Gradient(z => z.IRFft(7).Pow(3).Sum())(FftVectors.Complex(4, 4));
        FftVectors.AssertClose(FftVectors.Of("gradients").GetProperty("irfft"), inverse, 1e-13);
    }

    [Fact]
    public void A_batch_under_vmap_has_the_bits_of_a_loop()
    {
        Tensor z = FftVectors.Complex(5, 3, 12);
        Number[] mapped = Transform.Vmap(row => row.Fft())(z).ToArray<Number>();
        Assert.Equal(z.Fft().ToArray<Number>(), mapped);
        Assert.Equal([.. Enumerable.Range(0, 3).SelectMany(i => z.Slice(0, i, 1).Reshape(12).Fft().ToArray<Number>())], mapped);
    }

    [Fact]
    public void Real_dtypes_become_complex_and_sizes_of_zero_stay()
    {
        Assert.Equal(DType.Complex64, Tensor.Arange(4).Fft().DType);
        Assert.Equal(DType.Complex64, Tensor.Ones(new Shape(4)).IFft().DType);
        Assert.Equal(DType.Float64, Tensor.Ones(new Shape(4), DType.Complex128).IRFft().DType);
        Assert.Equal(new Shape(0, 5), Tensor.Ones(new Shape(0, 8)).RFft().Shape);
        Assert.Equal([new Complex64(10, 0)], Tensor.Full(new Shape(1), 10).Fft().ToArray<Complex64>());
    }

    [Fact]
    public void Wrong_lengths_and_axes_are_refused_with_a_remedy()
    {
        Tensor x = Tensor.Ones(new Shape(2, 4));
        AssertRefuses("Fft: a transform of 0 elements was asked for along axis 1. Give a length of 1 or more.", () => x.Fft(0));
        AssertRefuses("IRFft: a transform of 0 elements was asked for along axis 1. Give a length of 1 or more.", () => x.Slice(1, 0, 1).IRFft());
        AssertRefuses("Fft: axis 2 of [2, 4] does not exist. Axes run from -2 to 1.", () => x.Fft(axis: 2));
        AssertRefuses("FftN: 1 extents and 2 axes. Give one for each.", () => x.FftN([3], [0, 1]));
        AssertRefuses("FftN: 3 extents for [2, 4], which has 2 axes. Give at most one for each.", () => x.FftN([3, 3, 3]));
        AssertRefuses("RFftN: [] has no axis to transform. Give at least one.", () => Tensor.Scalar(1).RFftN());
        AssertRefuses("FftFreq: a transform of 0 elements has no frequencies. Give a length of 1 or more.", () => Tensor.FftFreq(0));
        Assert.StartsWith("RFft: complex64[2, 4] is complex, and the operation takes real numbers.", Assert.Throws<DTypeException>(() => x.To(DType.Complex64).RFft()).Message);
    }

    static double Length(Tensor z) => Math.Sqrt(z.Abs().Pow(2).Sum().Item<double>());

    static void AssertRefuses(string message, Func<object> act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
