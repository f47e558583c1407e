namespace Ashlar.Tests.Functions;

/// <summary>The elementary functions by name.</summary>
static class Unary
{
    public static Tensor Apply(string name, Tensor x, Tensor y) => name switch
    {
        "exp" => x.Exp(),
        "expm1" => x.Expm1(),
        "log" => x.Log(),
        "log1p" => x.Log1p(),
        "sin" => x.Sin(),
        "cos" => x.Cos(),
        "tanh" => x.Tanh(),
        "sigmoid" => x.Sigmoid(),
        "erf" => x.Erf(),
        "erfinv" => x.ErfInverse(),
        "erfc" => x.Erfc(),
        "exp2" => x.Exp2(),
        "log2" => x.Log2(),
        "log10" => x.Log10(),
        "cbrt" => x.Cbrt(),
        "tan" => x.Tan(),
        "asin" => x.Asin(),
        "acos" => x.Acos(),
        "atan" => x.Atan(),
        "sinh" => x.Sinh(),
        "cosh" => x.Cosh(),
        "asinh" => x.Asinh(),
        "acosh" => x.Acosh(),
        "atanh" => x.Atanh(),
        "atan2" => Tensor.Atan2(x, y),
        "hypot" => Tensor.Hypot(x, y),
        "lgamma" => x.Lgamma(),
        "digamma" => x.Digamma(),
        "trigamma" => x.Polygamma(1),
        "polygamma4" => x.Polygamma(4),
        "i0e" => x.BesselI0e(),
        "i1e" => x.BesselI1e(),
        "i0" => x.BesselI0(),
        "i1" => x.BesselI1(),
        "log_ndtr" => x.LogNdtr(),
        "ndtri" => x.Ndtri(),
        "pow" => x.Pow(y),
        _ => throw new ArgumentException($"Unary: no function {name}."),
    };
}
