using Ashlar.Tests.Primitives;
using static Ashlar.Tests.Values.FunctionRow;
using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Values;

/// <summary>Complex numbers made, taken apart and combined with C# numbers; operands and results are pairs of reals.</summary>
sealed class ComplexRows : IFunctionTable
{
    const string Quotient = "several roundings, in another order than NumPy's";
    const string Power = "a logarithm, a product and an exponential of numbers up to 100";

    static readonly Operand Pairs = Grid(0.5, 2, 3, 2);
    static readonly Number C = new(1.5, -2);

    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            yield return Binary("Complex", (a, b) => Tensor.Complex(a, b).ViewAsReal(), (-2, 2), (-2, 2));
            yield return Binary("Polar", (a, b) => Tensor.Polar(a, b).ViewAsReal(), (0.5, 2), (-2, 2), 1, "NumPy's sine errs by 1 ulp");
            yield return Many("Real, Imag and Conj", x => [x[0].ViewAsComplex().Real, x[0].ViewAsComplex().Imag, x[0].ViewAsComplex().Conj().ViewAsReal()], Pairs);
            yield return Many("Angle", x => [x[0].ViewAsComplex().Angle()], Pairs) with { Ulp = 1, Reason = "NumPy's arc tangent errs by 1 ulp" };
            yield return Many("ConjugateTranspose", x => [x[0].ViewAsComplex().ConjugateTranspose().ViewAsReal()], Grid(-2, 2, 2, 3, 2));
            yield return Many("sums with a complex number", x => [(x[0].ViewAsComplex() + C).ViewAsReal(), (C + x[0].ViewAsComplex()).ViewAsReal()], Pairs);
            yield return Many("differences with a complex number", x => [(x[0].ViewAsComplex() - C).ViewAsReal(), (C - x[0].ViewAsComplex()).ViewAsReal()], Pairs);
            yield return Many("products with a complex number", x => [(x[0].ViewAsComplex() * C).ViewAsReal(), (C * x[0].ViewAsComplex()).ViewAsReal()], Pairs);
            yield return Many("quotients with a complex number", x => [(x[0].ViewAsComplex() / C).ViewAsReal(), (C / x[0].ViewAsComplex()).ViewAsReal()], Pairs) with { Ulp = 8, Reason = Quotient };
            yield return Many("Pow by a complex number", x => [x[0].ViewAsComplex().Pow(C).ViewAsReal()], Pairs) with { Absolute = 1e-13, Reason = Power };
            yield return Many("Full of a complex number", _ => [Tensor.Full(new Shape(2), C, DType.Complex128).ViewAsReal()]) with { Differentiable = false };
        }
    }
}
