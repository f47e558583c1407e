using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A map kernel compiled to machine code through IL.</summary>
sealed unsafe class CompiledMapKernel : MapKernel
{
    const int SlotBytes = 64;
    const int RestRows = 16;

    readonly LaneProgram _lanes;
    readonly TieredLoop _loop;
    readonly bool _mayThrow;

    [RequiresDynamicCode("Emits IL.")]
    CompiledMapKernel(ScalarProgram program, ReadOnlySpan<bool> broadcast, int together = 1)
        : base(program, broadcast)
    {
        _lanes = LaneLowering.Lower(program, Broadcast);
        _loop = new TieredLoop(_lanes, program.Inputs.Length, [], together);
        _mayThrow = Array.Exists(_lanes.Steps, step => step.MayThrow);
    }

    /// <summary>Compiles a program; where the runtime cannot compile, an <see cref="InterpretedMapKernel"/> with the same bits.</summary>
    /// <param name="program">What is computed per element.</param>
    /// <param name="broadcast">Per input, whether its element 0 serves every index; empty if none does.</param>
    /// <exception cref="ArgumentException">The flags do not fit the program's inputs.</exception>
    /// <exception cref="DTypeException">A step's operation is not defined for its type.</exception>
    public static MapKernel Compile(ScalarProgram program, params ReadOnlySpan<bool> broadcast)
    {
        if (!DynamicCode.IsSupported)
        {
            return new InterpretedMapKernel(program, broadcast);
        }

        return new CompiledMapKernel(program, broadcast);
    }

    /// <summary>Compiles a program as a kernel compiles itself again when it has worked for a while: for several vectors side by side.</summary>
    /// <param name="program">What is computed per element; it divides no integers.</param>
    /// <param name="together">Vectors at a time, ≥ 2.</param>
    /// <param name="broadcast">Per input, whether its element 0 serves every index; empty if none does.</param>
    [RequiresDynamicCode("Emits IL.")]
    public static MapKernel CompileTogether(ScalarProgram program, int together, params ReadOnlySpan<bool> broadcast) => new CompiledMapKernel(program, broadcast, together);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte** operands, int count)
    {
        int whole = count & -_lanes.Lanes;
        MapLoop loop = _loop.For(count);
        if (whole > 0)
        {
            loop(operands, whole, 1, null);
        }

        if (count > whole)
        {
            if (whole > 0 && !IsInPlace(operands))
            {
                RunLast(operands, count, 1, null);
            }
            else
            {
                RunRest(operands, whole, count - whole, 1, null);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(byte** operands, int count, int rows, nint* steps)
    {
        int whole = count & -_lanes.Lanes;
        MapLoop loop = _loop.For((long)count * rows);
        if (whole > 0)
        {
            loop(operands, whole, rows, steps);
        }

        if (count == whole)
        {
            return;
        }

        if (whole > 0 && !IsInPlace(operands))
        {
            RunLast(operands, count, rows, steps);
            return;
        }

        byte** at = stackalloc byte*[OperandCount];
        for (int row = 0; row < rows; row += RestRows)
        {
            for (int i = 0; i < OperandCount; i++)
            {
                at[i] = operands[i] + (row * steps[i]);
            }

            RunRest(at, whole, count - whole, Math.Min(RestRows, rows - row), steps);
        }
    }

    int OperandCount => Program.Inputs.Length + _lanes.Outputs.Length;

    bool IsInPlace(byte** operands)
    {
        for (int output = Program.Inputs.Length; output < OperandCount; output++)
        {
            for (int input = 0; input < Program.Inputs.Length; input++)
            {
                if (operands[input] == operands[output] && !Broadcast[input] && !_lanes.Unread.AsSpan().Contains(input))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The last vector of each row reaches back to elements that were computed before: unless an output lies over what is read, they get the same bits again.
    [SkipLocalsInit]
    void RunLast(byte** operands, int count, int rows, nint* steps)
    {
        int inputs = Program.Inputs.Length;
        byte** at = stackalloc byte*[OperandCount];
        for (int i = 0; i < OperandCount; i++)
        {
            int size = i < inputs ? Program.Inputs[i].ItemSize : _lanes.Outputs[i - inputs].Stored.ItemSize;
            at[i] = operands[i] + (i < inputs && Broadcast[i] ? 0 : (nint)(count - _lanes.Lanes) * size);
        }

        _loop.Now(at, _lanes.Lanes, rows, steps);
    }

    // The rests of some rows go through a vector of scratch per row and operand. What their unused lanes hold does not matter, unless a step may throw:
    // then they repeat a real element, so that they throw only if that one does.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void RunRest(byte** operands, int start, int rest, int rows, nint* steps)
    {
        int inputs = Program.Inputs.Length;
        byte* room = stackalloc byte[((OperandCount * rows) + 1) * SlotBytes];
        byte* scratch = (byte*)(((nint)room + SlotBytes - 1) & -SlotBytes);
        byte** slots = stackalloc byte*[OperandCount];
        nint* slotSteps = stackalloc nint[OperandCount];
        for (int i = 0; i < OperandCount; i++)
        {
            slots[i] = scratch + (i * rows * SlotBytes);
            slotSteps[i] = SlotBytes;
        }

        for (int i = 0; i < inputs; i++)
        {
            nint step = steps is null ? 0 : steps[i];
            if (Broadcast[i])
            {
                slots[i] = operands[i];
                slotSteps[i] = step;
                continue;
            }

            if (_lanes.Unread.AsSpan().Contains(i))
            {
                continue;
            }

            int size = Program.Inputs[i].ItemSize;
            byte* source = operands[i] + ((nint)start * size);
            for (int row = 0; row < rows; row++, source += step)
            {
                byte* slot = slots[i] + (row * SlotBytes);
                PartialVector.Load(source, slot, _lanes.Lanes, size, rest);
                for (int lane = rest; _mayThrow && lane < _lanes.Lanes; lane++)
                {
                    Unsafe.CopyBlockUnaligned(slot + (lane * size), source + ((rest - 1) * size), (uint)size);
                }
            }
        }

        _loop.Now(slots, _lanes.Lanes, rows, slotSteps);
        for (int i = inputs; i < OperandCount; i++)
        {
            int size = _lanes.Outputs[i - inputs].Stored.ItemSize;
            nint step = steps is null ? 0 : steps[i];
            byte* target = operands[i] + ((nint)start * size);
            for (int row = 0; row < rows; row++, target += step)
            {
                PartialVector.Store(slots[i] + (row * SlotBytes), target, _lanes.Lanes, size, rest);
            }
        }
    }
}
