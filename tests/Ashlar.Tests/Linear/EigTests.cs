namespace Ashlar.Tests.Linear;

public sealed class EigTests
{
    public static TheoryData<string> Matrices => [.. All.Keys];

    static SortedDictionary<string, Tensor> All { get; } = new(StringComparer.Ordinal)
    {
        ["1x1"] = Tensor.From([-2.5], 1, 1),
        ["0x0"] = Tensor.Zeros(new Shape(0, 0), DType.Float64),
        ["random 5"] = Measure.Random(41, DType.Float64, 5, 5),
        ["random 40"] = Measure.Random(42, DType.Float64, 40, 40),
        ["batch"] = Measure.Random(43, DType.Float64, 3, 2, 6, 6),
        ["rotation"] = Tensor.From([0.0, -1, 1, 0], 2, 2),
        ["cyclic"] = Tensor.From([0.0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], 4, 4),
        ["Jordan block"] = (Tensor.Eye(5) * 2).To(DType.Float64) + Tensor.Eye(5, offset: 1, type: DType.Float64),
        ["hidden Jordan block"] = Tensor.From([3.0, 1, 0, -1, 1, 0, 0, 0, 2], 3, 3),
        ["zero"] = Tensor.Zeros(new Shape(3, 3), DType.Float64),
        ["identity"] = Tensor.Eye(4, type: DType.Float64),
        ["companion of 1..6"] = Tensor.From([21.0, -175, 735, -1624, 1764, -720], 1, 6).Pad([0, 0], [5, 0]) + Tensor.Eye(6, offset: -1, type: DType.Float64),
        ["Grcar"] = Tensor.Ones(new Shape(8, 8), DType.Float64).Triu().Tril(3) - Tensor.Eye(8, offset: -1, type: DType.Float64),
        ["huge"] = Measure.Random(44, DType.Float64, 4, 4) * 1e300,
        ["symmetric"] = Measure.Random(45, DType.Float64, 6, 6) + Measure.Random(45, DType.Float64, 6, 6).T,
    };

    // Each pair belongs to a matrix within c·n·ε·‖a‖: a·v - λ·v is that small for vectors of length 1, defective or not.
    [Theory, MemberData(nameof(Matrices))]
    public void Pairs_satisfy_their_equation(string name)
    {
        Tensor a = All[name];
        int n = a.Shape[^1];
        foreach (DType type in (DType[])[DType.Float64, DType.Float32])
        {
            if (type == DType.Float32 && name == "huge")
            {
                continue;
            }

            (Tensor re, Tensor im, Tensor vr, Tensor vi) = Parts(a.To(type));
            Tensor exact = a.To(type).To(DType.Float64);
            Measure.Near(exact.MatMul(vr), (vr * re.Unsqueeze(-2)) - (vi * im.Unsqueeze(-2)), 10, n, type, exact);
            Measure.Near(exact.MatMul(vi), (vr * im.Unsqueeze(-2)) + (vi * re.Unsqueeze(-2)), 10, n, type, exact);
            double[] lengths = ((vr * vr) + (vi * vi)).Sum([-2]).ToArray<double>();
            Assert.All(lengths, length => Assert.Equal(1, length, 10 * n * Measure.Epsilon(type)));
            Measure.Near(exact.Diagonal().Sum([-1]), re.Sum([-1]), 10, n, type, exact);
            Assert.Equal(im.ToArray<double>().Order(), (-im).ToArray<double>().Order());
        }
    }

    [Fact]
    public void Eigenvalues_are_the_known_ones()
    {
        (Tensor re, Tensor im, _, _) = Parts(All["companion of 1..6"]);
        Assert.All(re.ToArray<double>().Order().Zip(Enumerable.Range(1, 6)), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal(new double[6], im.ToArray<double>());
        (re, im, _, _) = Parts(All["rotation"]);
        Assert.Equal([0.0, 0], re.ToArray<double>());
        Assert.Equal([1.0, -1], im.ToArray<double>());
        (re, im, _, _) = Parts(All["hidden Jordan block"]);

        // A double eigenvalue moves by the root of the rounding error.
        Assert.All(re.ToArray<double>(), value => Assert.Equal(2, value, 1e-7));
        (re, _, _, _) = Parts(All["symmetric"]);
        Measure.Near(Linalg.EigValsh(All["symmetric"]), Tensor.From([.. re.ToArray<double>().Order()], 6), 5, 6, DType.Float64);
    }

    static (Tensor Re, Tensor Im, Tensor VectorsRe, Tensor VectorsIm) Parts(Tensor a)
    {
        (Tensor w, Tensor v) = Linalg.Eig(a);
        Assert.Equal(a.DType == DType.Float32 ? DType.Complex64 : DType.Complex128, w.DType);
        return (w.Real.To(DType.Float64), w.Imag.To(DType.Float64), v.Real.To(DType.Float64), v.Imag.To(DType.Float64));
    }
}
