using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>The same functions for one number on the host, for schedules and the like: the bits that a float64 tensor would give.</summary>
/// <remarks>Interpreted, about a microsecond a call: not for loops over data. Errors and special values stand at the functions' own classes.</remarks>
public static class ElementaryFunctions
{
    static readonly ScalarProgram ExpProgram = Define(Functions.Exp.Of);
    static readonly ScalarProgram LogProgram = Define(Functions.Log.Of);
    static readonly ScalarProgram SinProgram = Define(Functions.Sin.Of);
    static readonly ScalarProgram CosProgram = Define(Functions.Cos.Of);
    static readonly ScalarProgram TanhProgram = Define(Functions.Tanh.Of);
    static readonly ScalarProgram PowProgram = DefinePow();

    /// <summary>e^x.</summary>
    public static double Exp(double x) => Evaluate(ExpProgram, x);

    /// <summary>Natural logarithm.</summary>
    public static double Log(double x) => Evaluate(LogProgram, x);

    /// <summary>Sine of an angle in radians.</summary>
    public static double Sin(double x) => Evaluate(SinProgram, x);

    /// <summary>Cosine of an angle in radians.</summary>
    public static double Cos(double x) => Evaluate(CosProgram, x);

    /// <summary>Hyperbolic tangent.</summary>
    public static double Tanh(double x) => Evaluate(TanhProgram, x);

    /// <summary>x to the power y.</summary>
    public static double Pow(double x, double y) => Evaluate(PowProgram, x, y);

    static double Evaluate(ScalarProgram program, params ReadOnlySpan<double> arguments)
    {
        Span<long> inputs = stackalloc long[arguments.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = BitConverter.DoubleToInt64Bits(arguments[i]);
        }

        Span<long> result = stackalloc long[1];
        ScalarInterpreter.Evaluate(program, inputs, result, stackalloc long[program.Instructions.Length]);
        return BitConverter.Int64BitsToDouble(result[0]);
    }

    static ScalarProgram Define(Func<Scalar, Scalar> function)
    {
        var builder = new ScalarBuilder();
        return builder.Build(function(builder.Input(DType.Float64)));
    }

    static ScalarProgram DefinePow()
    {
        var builder = new ScalarBuilder();
        return builder.Build(Functions.Pow.Of(builder.Input(DType.Float64), builder.Input(DType.Float64)));
    }
}
