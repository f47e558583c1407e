namespace Ashlar.Scalars;

/// <summary>Collects the steps of a <see cref="ScalarProgram"/>; an equal step is written once.</summary>
public sealed class ScalarBuilder
{
    readonly List<DType> _inputs = [];
    readonly List<ScalarInstruction> _instructions = [];
    readonly Dictionary<ScalarInstruction, int> _known = [];

    /// <summary>A further argument of the program.</summary>
    public Scalar Input(DType type)
    {
        _inputs.Add(type);
        return Append(ScalarOp.Input, type, _inputs.Count - 1);
    }

    /// <summary>A constant of floating or integer type, rounded to nearest.</summary>
    public Scalar Constant(DType type, double value) => Append(ScalarOp.Constant, type, bits: ScalarBits.FromDouble(type, value));

    /// <summary>A constant given by its bits, zero-extended.</summary>
    public Scalar ConstantBits(DType type, long bits) => Append(ScalarOp.Constant, type, bits: bits);

    /// <summary>The finished program with the given results.</summary>
    public ScalarProgram Build(params ReadOnlySpan<Scalar> outputs)
    {
        var numbers = new int[outputs.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = outputs[i].Number;
        }

        return new ScalarProgram(_inputs.ToArray(), _instructions.ToArray(), numbers);
    }

    internal Scalar Append(ScalarOp op, DType type, int a = -1, int b = -1, int c = -1, long bits = 0)
    {
        var step = new ScalarInstruction(op, type, a, b, c, bits);
        if (!_known.TryGetValue(step, out int number))
        {
            number = _instructions.Count;
            _instructions.Add(step);
            _known.Add(step, number);
        }

        return new Scalar(this, number, type);
    }
}
