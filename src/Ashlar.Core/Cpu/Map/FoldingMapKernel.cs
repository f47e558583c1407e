using System.Diagnostics.CodeAnalysis;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A map kernel some of whose outputs are not stored but reduced, each row to one float32, in the order of the law.</summary>
/// <remarks>A row has a multiple of 32 elements, at most 4,096. A reduced output's pointer, and its step, are those of the one value for each row.</remarks>
sealed unsafe class FoldingMapKernel : MapKernel
{
    const int Alignment = 64;

    readonly MapKernel? _plain;
    readonly TieredLoop? _loop;
    readonly ReduceKind?[] _folds;

    FoldingMapKernel(MapKernel plain, ReduceKind?[] folds)
        : base(plain.Program, plain.Broadcast) => (_plain, _folds) = (plain, folds);

    FoldingMapKernel(ScalarProgram program, ReadOnlySpan<bool> broadcast, TieredLoop loop, ReduceKind?[] folds)
        : base(program, broadcast) => (_loop, _folds) = (loop, folds);

    /// <summary>The kernel that reduces in registers if that can be compiled; else one that reduces what the given one writes to memory of its own.</summary>
    /// <param name="program">What is computed per element.</param>
    /// <param name="broadcast">Per input, whether its element 0 serves every index.</param>
    /// <param name="folds">For each output how its rows are reduced, or null.</param>
    /// <param name="interpret">Whether nothing is compiled.</param>
    /// <param name="plain">Gives the kernel that stores all outputs.</param>
    public static MapKernel Of(ScalarProgram program, bool[] broadcast, ReduceKind?[] folds, bool interpret, Func<MapKernel> plain)
    {
        if (!DynamicCode.IsSupported)
        {
            return new FoldingMapKernel(plain(), folds);
        }

        return (interpret ? null : Compile(program, broadcast, folds)) ?? new FoldingMapKernel(plain(), folds);
    }

    [RequiresDynamicCode("Emits IL.")]
    static FoldingMapKernel? Compile(ScalarProgram program, bool[] broadcast, ReduceKind?[] folds)
    {
        LaneProgram lanes = LaneLowering.Lower(program, broadcast);
        return MapEmitter.Folds(lanes) ? new FoldingMapKernel(program, broadcast, new TieredLoop(lanes, program.Inputs.Length, folds), folds) : null;
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count)
    {
        nint* steps = stackalloc nint[Program.Inputs.Length + Program.Outputs.Length];
        Run(operands, count, 1, steps);
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count, int rows, nint* steps)
    {
        if (_loop is not null)
        {
            _loop.For((long)count * rows)(operands, count, rows, steps);
            return;
        }

        int inputs = Program.Inputs.Length;
        byte** at = stackalloc byte*[inputs + _folds.Length];
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        nint bytes = (((nint)count * sizeof(float)) + Alignment - 1) / Alignment * Alignment;
        byte* elements = scratch.Take(bytes * _folds.Length);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < inputs + _folds.Length; i++)
            {
                bool folds = i >= inputs && _folds[i - inputs] is not null;
                at[i] = folds ? elements + ((i - inputs) * bytes) : operands[i] + (row * steps[i]);
            }

            _plain!.Run(at, count);
            for (int i = 0; i < _folds.Length; i++)
            {
                if (_folds[i] is { } kind)
                {
                    TypedReduction.Of(DType.Float32, kind).Block(elements + (i * bytes), count, operands[inputs + i] + (row * steps[inputs + i]));
                }
            }
        }

        scratch.Release(mark);
    }
}
