using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A map kernel compiled to machine code through IL.</summary>
sealed unsafe class CompiledMapKernel : MapKernel
{
    const int SlotBytes = 64;

    readonly LaneProgram _lanes;
    readonly MapLoop _loop;
    readonly bool _mayThrow;

    [RequiresDynamicCode("Emits IL.")]
    CompiledMapKernel(ScalarProgram program, ReadOnlySpan<bool> broadcast)
        : base(program, broadcast)
    {
        _lanes = LaneLowering.Lower(program, Broadcast);
        _loop = MapEmitter.Compile(_lanes, program.Inputs.Length);
        _mayThrow = Array.Exists(_lanes.Steps, step => step.MayThrow);
    }

    /// <summary>Compiles a program; where the runtime cannot compile, an <see cref="InterpretedMapKernel"/> with the same bits.</summary>
    /// <param name="program">What is computed per element.</param>
    /// <param name="broadcast">Per input, whether its element 0 serves every index; empty if none does.</param>
    /// <exception cref="ArgumentException">The flags do not fit the program's inputs.</exception>
    /// <exception cref="DTypeException">A step's operation is not defined for its type.</exception>
    public static MapKernel Compile(ScalarProgram program, params ReadOnlySpan<bool> broadcast)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            return new InterpretedMapKernel(program, broadcast);
        }

        return new CompiledMapKernel(program, broadcast);
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count)
    {
        int whole = count & -_lanes.Lanes;
        if (whole > 0)
        {
            _loop(operands, whole);
        }

        if (count > whole)
        {
            RunRest(operands, whole, count - whole);
        }
    }

    // The rest goes through one vector of scratch per operand. What its unused lanes hold does not matter, unless a step may throw:
    // then they repeat a real element, so that they throw only if that one does.
    void RunRest(byte** operands, int start, int rest)
    {
        int inputs = Program.Inputs.Length;
        int operandCount = inputs + _lanes.Outputs.Length;
        byte* scratch = stackalloc byte[operandCount * SlotBytes];
        byte** slots = stackalloc byte*[operandCount];
        for (int i = 0; i < operandCount; i++)
        {
            slots[i] = scratch + (i * SlotBytes);
        }

        for (int i = 0; i < inputs; i++)
        {
            if (Broadcast[i])
            {
                slots[i] = operands[i];
                continue;
            }

            int size = Program.Inputs[i].ItemSize;
            byte* source = operands[i] + ((nint)start * size);
            Unsafe.CopyBlockUnaligned(slots[i], source, (uint)(rest * size));
            for (int lane = rest; _mayThrow && lane < _lanes.Lanes; lane++)
            {
                Unsafe.CopyBlockUnaligned(slots[i] + (lane * size), source + (Math.Min(lane, rest - 1) * size), (uint)size);
            }
        }

        _loop(slots, _lanes.Lanes);
        for (int i = 0; i < _lanes.Outputs.Length; i++)
        {
            int size = _lanes.Outputs[i].Stored.ItemSize;
            Unsafe.CopyBlockUnaligned(operands[inputs + i] + ((nint)start * size), slots[inputs + i], (uint)(rest * size));
        }
    }
}
