using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>An executable <see cref="ScalarProgram"/>: the innermost loop of an elementwise kernel over contiguous runs.</summary>
/// <remarks>Every implementation gives the bits of <see cref="ScalarInterpreter"/>; only the payload of a NaN is free. A kernel may run on several threads at once.</remarks>
abstract unsafe class MapKernel
{
    readonly bool[] _broadcast;

    /// <param name="program">What is computed per element.</param>
    /// <param name="broadcast">Per input of the program, whether its element 0 serves every index; empty if none does.</param>
    /// <exception cref="ArgumentException"><paramref name="broadcast"/> is neither empty nor as long as the program's inputs.</exception>
    protected MapKernel(ScalarProgram program, ReadOnlySpan<bool> broadcast)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (broadcast.Length != 0 && broadcast.Length != program.Inputs.Length)
        {
            throw new ArgumentException(
                $"MapKernel: {broadcast.Length} broadcast flags for {program.Inputs.Length} inputs. Give one flag per input, or none.", nameof(broadcast));
        }

        Program = program;
        _broadcast = broadcast.Length == 0 ? new bool[program.Inputs.Length] : broadcast.ToArray();
    }

    /// <summary>What is computed per element.</summary>
    public ScalarProgram Program { get; }

    /// <summary>Per input, whether its element 0 serves every index.</summary>
    public ReadOnlySpan<bool> Broadcast => _broadcast;

    /// <summary>Computes <paramref name="count"/> elements.</summary>
    /// <param name="operands">Pointers to the first element of each input, then of each output; any alignment.
    /// An output may be exactly an input that is not broadcast; otherwise an output overlaps nothing.</param>
    /// <param name="count">Elements per run, ≥ 0; nothing outside the runs is read or written.</param>
    /// <exception cref="DivideByZeroException">An integer was divided by zero; the outputs are then partly written.</exception>
    public abstract void Run(byte** operands, int count);

    /// <summary>Computes rows of <paramref name="count"/> elements.</summary>
    /// <param name="operands">Pointers to the first element of the first row of each input, then of each output.</param>
    /// <param name="count">Elements of a row.</param>
    /// <param name="rows">≥ 1.</param>
    /// <param name="steps">For each operand the bytes from a row to the next; a broadcast operand has one element for each row.</param>
    /// <exception cref="DivideByZeroException">An integer was divided by zero; the outputs are then partly written.</exception>
    public virtual void Run(byte** operands, int count, int rows, nint* steps)
    {
        int operandCount = Program.Inputs.Length + Program.Outputs.Length;
        byte** at = stackalloc byte*[operandCount];
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < operandCount; i++)
            {
                at[i] = operands[i] + (row * steps[i]);
            }

            Run(at, count);
        }
    }
}
