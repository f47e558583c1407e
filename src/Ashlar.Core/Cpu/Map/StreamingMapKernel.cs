using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <summary>A compiled map kernel that writes some outputs past the caches: large ones, which nobody could find there anyway, then cost no reading of the lines that are written over.</summary>
/// <remarks>Who shares such outputs with other threads orders them by a fence or a locked instruction.</remarks>
sealed unsafe class StreamingMapKernel : MapKernel
{
    const int Alignment = 64;

    readonly MapKernel _plain;
    readonly MapLoop _loop;
    readonly int _lanes;
    readonly int _streamed;

    [RequiresDynamicCode("Emits IL.")]
    StreamingMapKernel(MapKernel plain, int streamed, ReduceKind?[] folds)
        : base(plain.Program, plain.Broadcast)
    {
        LaneProgram program = LaneLowering.Lower(Program, Broadcast);
        _plain = plain;
        _lanes = program.Lanes;
        _streamed = streamed;
        _loop = MapEmitter.Compile(program, Program.Inputs.Length, streamed, folds);
    }

    /// <summary>The kernel that streams; where the runtime cannot compile, the given one.</summary>
    /// <param name="plain">The kernel that takes what is not aligned or does not fill registers.</param>
    /// <param name="streamed">A bit for each output that is written past the caches.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is.</param>
    public static MapKernel Of(MapKernel plain, int streamed, ReduceKind?[] folds)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported || (folds.Length > 0 && !MapEmitter.Folds(LaneLowering.Lower(plain.Program, plain.Broadcast))))
        {
            return plain;
        }

        return new StreamingMapKernel(plain, streamed, folds);
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count)
    {
        int whole = IsAligned(operands, null) ? count & -_lanes : 0;
        if (whole > 0)
        {
            _loop(operands, whole, 1, null);
        }

        if (whole < count)
        {
            RunRest(operands, whole, count);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count, int rows, nint* steps)
    {
        if (count % _lanes == 0 && count > 0 && IsAligned(operands, steps))
        {
            _loop(operands, count, rows, steps);
        }
        else
        {
            _plain.Run(operands, count, rows, steps);
        }
    }

    void RunRest(byte** operands, int from, int count)
    {
        int inputs = Program.Inputs.Length;
        int all = inputs + Program.Outputs.Length;
        byte** rest = stackalloc byte*[all];
        for (int i = 0; i < all; i++)
        {
            DType type = i < inputs ? Program.Inputs[i] : Program.OutputType(i - inputs);
            rest[i] = operands[i] + (i < inputs && Broadcast[i] ? 0 : (nint)from * type.ItemSize);
        }

        _plain.Run(rest, count - from);
    }

    bool IsAligned(byte** operands, nint* steps)
    {
        nint places = 0;
        for (int left = _streamed; left != 0; left &= left - 1)
        {
            int operand = Program.Inputs.Length + BitOperations.TrailingZeroCount(left);
            places |= (nint)operands[operand] | (steps is null ? 0 : steps[operand]);
        }

        return places % Alignment == 0;
    }
}
