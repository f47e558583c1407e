using Ashlar.Ir;

namespace Ashlar.Onnx.Writing;

/// <summary>Special functions that the format lacks, in float32, by formulas of its operators. They come back within some units of the last place of the largest number, not with the same bits.</summary>
static class SpecialWriter
{
    // Below this a step of the recurrence f(z + 1) comes first, so that a few terms of the series for large numbers are enough.
    const int Large = 7;
    const double LogTwoPi = 1.8378770664093454;

    // Giles 2010, "Approximating the erfinv function": in w - 2.5 for w < 5, else in √w - 3; highest power first.
    static readonly double[] Central = [2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941];
    static readonly double[] Tail = [-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682];

    // Stirling: B₂ₖ / (2k (2k - 1)) z^(1 - 2k), and of its derivative -B₂ₖ / 2k z^(-2k); highest power first, in 1/z².
    static readonly double[] Stirling = [-1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12];
    static readonly double[] StirlingSlope = [1.0 / 240, -1.0 / 252, 1.0 / 120, -1.0 / 12];

    /// <summary>The name of the result, or null for what is not written.</summary>
    /// <param name="w">Takes the nodes.</param>
    /// <param name="node">The recorded operation.</param>
    /// <param name="x">The names of its operands.</param>
    public static string? Write(GraphWriter w, Node node, string[] x) => node.Type != DType.Float32 ? null : node.Primitive.Name switch
    {
        "ErfInverse" => new Formula(w).ErfInverse(x[0]),
        "Ndtri" => new Formula(w).Ndtri(x[0]),
        "Lgamma" => new Formula(w).Lgamma(x[0]),
        "Digamma" => new Formula(w).Digamma(x[0]),
        _ => null,
    };

    readonly struct Formula(GraphWriter w)
    {
        readonly GraphWriter _w = w;

        public string ErfInverse(string x)
        {
            string product = Mul(Sub(Number(1), x), Add(Number(1), x));
            string y = Quantile(x, product);

            // At the ends the polynomial has the wrong sign of infinity.
            return Where(Node("Equal", Node("Abs", x), Number(1)), Mul(x, Number(double.PositiveInfinity)), y);
        }

        // √2 erf⁻¹(2p - 1), where 1 - (2p - 1)² = 4p (1 - p) keeps what is left of small p.
        public string Ndtri(string p)
        {
            string x = Sub(Mul(p, Number(2)), Number(1));
            string y = Mul(Quantile(x, Mul(Mul(Number(4), p), Sub(Number(1), p))), Number(Math.Sqrt(2)));
            return Where(Node("Equal", Node("Abs", x), Number(1)), Where(Node("Equal", p, Number(0)), Number(double.NegativeInfinity), Where(Node("Equal", p, Number(1)), Number(double.PositiveInfinity), y)), y);
        }

        // Below ½ by reflection: ln π / |sin πx| - ln Γ(1 - x).
        public string Lgamma(string x)
        {
            (string isSmall, string z, string isNear, string far) = Shifted(x);
            string product = z;
            for (int k = 1; k < Large; k++)
            {
                product = Mul(product, Add(z, Number(k)));
            }

            string root = Sub(Mul(Sub(far, Number(0.5)), Sub(Node("Log", far), Number(1))), Number(0.5 - (0.5 * LogTwoPi)));
            string series = Node("Div", Polynomial(Stirling, Inverse(far)), far);
            string large = Sub(Add(root, series), Where(isNear, Node("Log", product), Number(0)));
            string reflected = Sub(Node("Log", Node("Div", Number(Math.PI), Node("Abs", Node("Sin", Angle(x))))), large);
            return Where(isSmall, reflected, large);
        }

        // Below ½ by reflection: ψ(1 - x) - π / tan πx.
        public string Digamma(string x)
        {
            (string isSmall, string z, string isNear, string far) = Shifted(x);
            string sum = Node("Reciprocal", z);
            for (int k = 1; k < Large; k++)
            {
                sum = Add(sum, Node("Reciprocal", Add(z, Number(k))));
            }

            string inverse = Inverse(far);
            string large = Sub(Add(Sub(Node("Log", far), Node("Div", Number(0.5), far)), Mul(Polynomial(StirlingSlope, inverse), inverse)), Where(isNear, sum, Number(0)));
            return Where(isSmall, Sub(large, Node("Div", Number(Math.PI), Node("Tan", Angle(x)))), large);
        }

        string Quantile(string x, string product)
        {
            string w = Node("Neg", Node("Log", product));
            string central = Polynomial(Central, Sub(w, Number(2.5)));
            string tail = Polynomial(Tail, Sub(Node("Sqrt", Node("Max", w, Number(0))), Number(3)));
            return Mul(x, Where(Node("Less", w, Number(5)), central, tail));
        }

        (string IsSmall, string Z, string IsNear, string Far) Shifted(string x)
        {
            string isSmall = Node("Less", x, Number(0.5));
            string z = Where(isSmall, Sub(Number(1), x), x);
            string isNear = Node("Less", z, Number(Large + 1));
            return (isSmall, z, isNear, Where(isNear, Add(z, Number(Large)), z));
        }

        // π times what lies beyond the nearest whole number, so that sine and tangent beside zeros keep their digits.
        string Angle(string x) => Mul(Sub(x, Node("Round", x)), Number(Math.PI));

        string Inverse(string x) => Node("Reciprocal", Mul(x, x));

        string Polynomial(double[] factors, string x)
        {
            string y = Number(factors[0]);
            for (int i = 1; i < factors.Length; i++)
            {
                y = Add(Mul(y, x), Number(factors[i]));
            }

            return y;
        }

        string Number(double value) => _w.Number(DType.Float32, value);

        string Node(string op, params string[] inputs) => _w.Node(op, inputs);

        string Where(string condition, string a, string b) => Node("Where", condition, a, b);

        string Add(string a, string b) => Node("Add", a, b);

        string Sub(string a, string b) => Node("Sub", a, b);

        string Mul(string a, string b) => Node("Mul", a, b);
    }
}
