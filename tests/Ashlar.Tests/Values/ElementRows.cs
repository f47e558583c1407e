using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Functions of one element.</summary>
sealed class ElementRows : IFunctionTable
{
    // Our bounds stand at the definitions in Ashlar.Functions and are held against 60 digits by DoubleAccuracyTests; here the special values count. NumPy's C library and SciPy err by 1 to 2 ulp of their own.
    const string Both = "our bound and the error of NumPy or SciPy";

    const string Zeros = "our bound, which is absolute where the function is 0";

    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            yield return Unary("Abs", x => x.Abs(), 0.2, 2);
            yield return Unary("Sign", x => x.Sign(), 0.2, 2) with { Differentiable = false };
            yield return Unary("Square", x => x.Square(), -2, 2);
            yield return Unary("Negative", x => x.Negative(), -2, 2);
            yield return Unary("operator -x", x => -x, -2, 2);
            yield return Unary("Positive", x => x.Positive(), -2, 2);
            yield return Unary("Signbit", x => x.Signbit(), -2, 2) with { Differentiable = false };
            yield return Unary("IsFinite", x => x.IsFinite(), -2, 2) with { Differentiable = false };
            yield return Unary("IsInf", x => x.IsInf(), -2, 2) with { Differentiable = false };
            yield return Unary("IsNaN", x => x.IsNaN(), -2, 2) with { Differentiable = false };
            yield return Unary("LogicalNot", x => x.LogicalNot(), -2, 2) with { Differentiable = false };
            yield return Unary("Relu", x => x.Relu(), 0.2, 2);
            yield return Unary("Sqrt", x => x.Sqrt(), 0.5, 3);
            yield return Unary("Reciprocal", x => x.Reciprocal(), 0.5, 3);
            yield return Unary("Ceil", x => x.Ceil(), -3, 3) with { Differentiable = false };
            yield return Unary("Floor", x => x.Floor(), -3, 3) with { Differentiable = false };
            yield return Unary("Trunc", x => x.Trunc(), -3, 3) with { Differentiable = false };
            yield return Unary("Round", x => x.Round(), -3, 3) with { Differentiable = false };
            yield return Unary("NanToNum", x => x.NanToNum(), -2, 2);
            yield return Unary("NanToNum with values", x => x.NanToNum(7, 8, -9), -2, 2);
            yield return Unary("Exp", x => x.Exp(), -2, 2, 1, Both);
            yield return Unary("Exp2", x => x.Exp2(), -2, 2, 1, Both);
            yield return Unary("Expm1", x => x.Expm1(), -2, 2, 2, Both);
            yield return Unary("Log", x => x.Log(), 0.5, 3, 1, Both);
            yield return Unary("Log2", x => x.Log2(), 0.5, 3, 1, Both);
            yield return Unary("Log10", x => x.Log10(), 0.5, 3, 1, Both);
            yield return Unary("Log1p", x => x.Log1p(), -0.5, 3, 2, Both);
            yield return Unary("Sin", x => x.Sin(), -3, 3, 1, Both);
            yield return Unary("Cos", x => x.Cos(), -3, 3, 1, Both);
            yield return Unary("Tan", x => x.Tan(), -1, 1, 2, Both);
            yield return Unary("Asin", x => x.Asin(), -0.8, 0.8, 2, Both);
            yield return Unary("Acos", x => x.Acos(), -0.8, 0.8, 2, Both);
            yield return Unary("Atan", x => x.Atan(), -3, 3, 1, Both);
            yield return Unary("Sinh", x => x.Sinh(), -2, 2, 2, Both);
            yield return Unary("Cosh", x => x.Cosh(), -2, 2, 2, Both);
            yield return Unary("Tanh", x => x.Tanh(), -2, 2, 3, Both);
            yield return Unary("Asinh", x => x.Asinh(), -3, 3, 2, Both);
            yield return Unary("Acosh", x => x.Acosh(), 1.5, 4, 2, Both);
            yield return Unary("Atanh", x => x.Atanh(), -0.8, 0.8, 2, Both);
            yield return Unary("Cbrt", x => x.Cbrt(), 0.5, 3, 1, Both);
            yield return Unary("Rsqrt", x => x.Rsqrt(), 0.5, 3, 1, "two roundings of ours against the nearest");
            yield return Unary("Sigmoid", x => x.Sigmoid(), -3, 3, 2, Both);
            yield return Unary("Erf", x => x.Erf(), -2, 2, 2, Both);
            yield return Unary("Erfc", x => x.Erfc(), -2, 3, 4, Both);
            yield return Unary("ErfInverse", x => x.ErfInverse(), -0.8, 0.8, 4, Both);
            yield return Unary("LogSigmoid", x => x.LogSigmoid(), -3, 3, 4, Both);
            yield return Unary("Softplus", x => x.Softplus(), -3, 3, 4, Both);
            yield return Unary("Entr", x => x.Entr(), 0.2, 3, 2, Both);
            yield return Unary("BesselI0", x => x.BesselI0(), -3, 3, 8, Both);
            yield return Unary("BesselI0e", x => x.BesselI0e(), 0.3, 8, 6, Both);
            yield return Unary("BesselI1", x => x.BesselI1(), 0.3, 3, 10, Both);
            yield return Unary("BesselI1e", x => x.BesselI1e(), 0.3, 8, 8, Both);
            yield return Unary("BesselJ0", x => x.BesselJ0(), 0.3, 8, 4, Zeros) with { Absolute = 4e-16 };
            yield return Unary("BesselJ1", x => x.BesselJ1(), 0.3, 8, 4, Zeros) with { Absolute = 4e-16 };
            yield return Unary("Ndtr", x => x.Ndtr(), -3, 3, 6, Both);
            yield return Unary("LogNdtr", x => x.LogNdtr(), -3, 3, 6, Both);
            yield return Unary("Ndtri", x => x.Ndtri(), 0.1, 0.9, 8, Both);
            yield return Unary("Lgamma", x => x.Lgamma(), 0.5, 8, 6, Both);
            yield return Unary("Digamma", x => x.Digamma(), 0.5, 8, 5, Both);
            yield return Unary("Polygamma 1", x => x.Polygamma(1), 0.8, 8, 6, Both);
            yield return Unary("Polygamma 3", x => x.Polygamma(3), 0.8, 8, 6, Both);
            yield return Unary("Sinc", x => x.Sinc(), 0.2, 0.8, 4, "four roundings; NumPy's sine of πn is about 1e-16 where ours is 0") with { Absolute = 1e-16 };
        }
    }
}
