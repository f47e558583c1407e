using System.Text;

namespace Ashlar.Scalars;

/// <summary>A straight-line program over single elements: the one definition that the reference, the tile interpreter and the IL emitter all execute.</summary>
public sealed class ScalarProgram : IEquatable<ScalarProgram>
{
    readonly ScalarInstruction[] _instructions;
    readonly DType[] _inputs;
    readonly int[] _outputs;

    /// <param name="inputs">Types of the arguments.</param>
    /// <param name="instructions">Steps; operands have smaller numbers than the step that uses them.</param>
    /// <param name="outputs">Numbers of the steps that are results.</param>
    public ScalarProgram(ReadOnlySpan<DType> inputs, ReadOnlySpan<ScalarInstruction> instructions, ReadOnlySpan<int> outputs)
    {
        _inputs = inputs.ToArray();
        _instructions = instructions.ToArray();
        _outputs = outputs.ToArray();
    }

    /// <summary>Types of the arguments.</summary>
    public ReadOnlySpan<DType> Inputs => _inputs;

    /// <summary>The steps in order.</summary>
    public ReadOnlySpan<ScalarInstruction> Instructions => _instructions;

    /// <summary>Numbers of the steps that are results.</summary>
    public ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>Type of result number <paramref name="output"/>.</summary>
    public DType OutputType(int output) => _instructions[_outputs[output]].Type;

    /// <inheritdoc/>
    public bool Equals(ScalarProgram? other) => other is not null && _inputs.AsSpan().SequenceEqual(other._inputs)
        && _instructions.AsSpan().SequenceEqual(other._instructions) && _outputs.AsSpan().SequenceEqual(other._outputs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ScalarProgram);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        foreach (ref readonly ScalarInstruction step in _instructions.AsSpan())
        {
            hash = (hash ^ (uint)((int)step.Op | ((int)step.Type << 8))) * 16777619;
            hash = (hash ^ (uint)(step.A + (step.B << 8) + (step.C << 16))) * 16777619;
            hash = (hash ^ (uint)step.Bits ^ (uint)(step.Bits >> 32)) * 16777619;
        }

        return (int)hash;
    }

    /// <summary>One line a step: <c>%3 = add.float32 %1 %2</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < _instructions.Length; i++)
        {
            ScalarInstruction step = _instructions[i];
            text.Append($"%{i} = {step.Op}.{step.Type.Name}");
            foreach (int operand in (ReadOnlySpan<int>)[step.A, step.B, step.C])
            {
                if (operand >= 0)
                {
                    text.Append(step.Op == ScalarOp.Input ? $" #{operand}" : $" %{operand}");
                }
            }

            if (step.Op is ScalarOp.Constant or ScalarOp.ShiftLeft or ScalarOp.ShiftRightLogical or ScalarOp.ShiftRightArithmetic)
            {
                text.Append($" 0x{step.Bits:X}");
            }

            text.Append('\n');
        }

        return text.Append($"-> {string.Join(", ", _outputs.Select(o => $"%{o}"))}").ToString();
    }
}
