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

    // The step that may write to the only output itself, since nothing is read after it: an output may lie over an input. -1 if there is none.
    readonly int _last = -1;

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

        if (_lanes.Outputs is [var (made, stored)] && made == _operations.Length - 1 && _operations[made] is not null && IsWhole(stored) && stored.ItemSize == _lanes.Steps[made].Type.ItemSize)
        {
            _last = made;
        }
    }

    /// <inheritdoc/>
    public override void Run(byte** operands, int count) => Run(operands, count, 1, null);

    /// <inheritdoc/>
    public override void Run(byte** operands, int count, int rows, nint* steps)
    {
        if (count <= 0)
        {
            return;
        }

        byte* scratch = TileScratch.Take(_registers.Count * RegisterBytes);
        byte** at = stackalloc byte*[_operations.Length];
        for (int i = 0; i < _operations.Length; i++)
        {
            at[i] = Register(scratch, i);
        }

        // Short rows share a tile: each begins on whole vectors.
        int together = Math.Clamp(TileElements / Padded(count), 1, rows);
        int filled = Math.Min(TileElements, Padded(count) * together);
        for (int i = 0; i < _operations.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            if (step.Op == LaneOp.Constant)
            {
                TileMemory.Fill(step.Type, step.Bits, at[i], filled);
            }
        }

        for (int row = 0; row < rows; row += together)
        {
            int taken = Math.Min(together, rows - row);
            FillRows(operands, steps, row, taken, filled / together, at);
            for (int start = 0; start < count; start += TileElements)
            {
                RunTile(operands, steps, row, taken, start, Math.Min(TileElements, count - start), scratch, at);
            }
        }
    }

    static int Padded(int count) => (count + 7) & -8;

    // Lanes as they are stored.
    static bool IsWhole(DType stored) => stored.ItemSize > 2;

    byte* Register(byte* scratch, int step) => scratch + (_registers[step] * RegisterBytes);

    // Where a row of an operand begins.
    static byte* Row(byte** operands, nint* steps, int operand, int row) => operands[operand] + (steps is null ? 0 : row * steps[operand]);

    // One number for each row.
    void FillRows(byte** operands, nint* steps, int first, int rows, int width, byte** at)
    {
        for (int i = 0; i < _operations.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            for (int row = 0; step.Op == LaneOp.LoadScalar && row < rows; row++)
            {
                TileMemory.Fill(step.Type, TileMemory.Scalar(step.From, Row(operands, steps, step.A, first + row)), at[i] + ((nint)row * width * step.Type.ItemSize), width);
            }
        }
    }

    // Whole vectors of one row are read and written where they lie.
    void RunTile(byte** operands, nint* steps, int first, int rows, int start, int count, byte* scratch, byte** at)
    {
        int padded = Padded(count);
        bool inPlace = rows == 1 && count == padded;
        for (int i = 0; i < _operations.Length; i++)
        {
            LaneInstruction step = _lanes.Steps[i];
            if (step.Op == LaneOp.Load)
            {
                nint skipped = (nint)start * step.From.ItemSize;
                if (inPlace && IsWhole(step.From))
                {
                    at[i] = Row(operands, steps, step.A, first) + skipped;
                    continue;
                }

                at[i] = Register(scratch, i);
                for (int row = 0; row < rows; row++)
                {
                    TileMemory.Load(step.From, Row(operands, steps, step.A, first + row) + skipped, count, padded, at[i] + ((nint)row * padded * step.Type.ItemSize));
                }
            }
            else if (step.Op == LaneOp.Bitcast)
            {
                at[i] = at[step.A];
            }
            else if (_operations[i] is { } operation)
            {
                at[i] = inPlace && i == _last ? Output(operands, steps, 0, first, start) : Register(scratch, i);
                operation.Run(at[step.A], step.B < 0 ? null : at[step.B], step.C < 0 ? null : at[step.C], at[i], rows * padded, (int)step.Bits);
            }
        }

        for (int i = 0; i < _lanes.Outputs.Length && !(inPlace && _last >= 0); i++)
        {
            (int step, DType stored) = _lanes.Outputs[i];
            for (int row = 0; row < rows; row++)
            {
                TileMemory.Store(stored, at[step] + ((nint)row * padded * _lanes.Steps[step].Type.ItemSize), count, Output(operands, steps, i, first + row, start));
            }
        }
    }

    byte* Output(byte** operands, nint* steps, int output, int row, int start) =>
        Row(operands, steps, Program.Inputs.Length + output, row) + ((nint)start * _lanes.Outputs[output].Stored.ItemSize);
}
