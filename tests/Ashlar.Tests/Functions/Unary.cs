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
        _ => x.Pow(y),
    };
}
