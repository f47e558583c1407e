using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A map kernel executed step by step over tiles that stay in the cache; for runtimes that cannot compile and for first calls.</summary>
sealed unsafe class InterpretedMapKernel : MapKernel
{
    const int TileElements = 256;
    const int RegisterBytes = TileElements * sizeof(long);

    readonly LaneProgram _lanes;
    readonly TileRegisters _registers;
    readonly LaneOperation?[] _operations;

    /// <param name="program">What is computed per element.</param>
    /// <param name="broadcast">Per input, whether its element 0 serves every index; empty if none does.</param>
    /// <exception cref="ArgumentException">The flags do not fit the program's inputs.</exception>
    /// <exception cref="DTypeException">A step's operation is not defined for its type.</exception>
    public InterpretedMapKernel(ScalarProgram program, params ReadOnlySpan<bool> broadcast)
        : base(program, broadcast)
    {
        _lanes = LaneLowering.Lower(program, Broadcast);
        _registers = new TileRegisters(_lanes);
        _operations = new LaneOperation?[_lanes.Steps.Length];
        for (int i = 0; i < _operations.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            _operations[i] = step.IsSource || step.Op == LaneOp.Bitcast ? null : LaneCatalog.Of(step);
        }
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count)
    {
        if (count <= 0)
        {
            return;
        }

        byte* scratch = TileScratch.Take(_registers.Count * RegisterBytes);
        FillLasting(operands, scratch);
        for (int start = 0; start < count; start += TileElements)
        {
            RunTile(operands, start, Math.Min(TileElements, count - start), scratch);
        }
    }

    void FillLasting(byte** operands, byte* scratch)
    {
        for (int i = 0; i < _lanes.Steps.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            if (step.Op is LaneOp.Constant or LaneOp.LoadScalar)
            {
                long bits = step.Op == LaneOp.Constant ? step.Bits : TileMemory.Scalar(step.From, operands[step.A]);
                TileMemory.Fill(step.Type, bits, Register(scratch, i), TileElements);
            }
        }
    }

    void RunTile(byte** operands, int start, int count, byte* scratch)
    {
        int padded = (count + 7) & -8;
        for (int i = 0; i < _lanes.Steps.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            if (step.Op == LaneOp.Load)
            {
                byte* source = operands[step.A] + ((nint)start * step.From.ItemSize);
                TileMemory.Load(step.From, source, count, padded, Register(scratch, i));
            }
            else if (_operations[i] is { } operation)
            {
                byte* b = step.B < 0 ? null : Register(scratch, step.B);
                byte* c = step.C < 0 ? null : Register(scratch, step.C);
                operation.Run(Register(scratch, step.A), b, c, Register(scratch, i), padded, (int)step.Bits);
            }
        }

        for (int i = 0; i < _lanes.Outputs.Length; i++)
        {
            (int step, DType stored) = _lanes.Outputs[i];
            byte* destination = operands[Program.Inputs.Length + i] + ((nint)start * stored.ItemSize);
            TileMemory.Store(stored, Register(scratch, step), count, destination);
        }
    }

    byte* Register(byte* scratch, int step) => scratch + (_registers[step] * RegisterBytes);
}
