namespace Ashlar.Cpu.Map;

/// <summary>Which register of the tile interpreter holds each step's result.</summary>
/// <remarks>A register is free again after the last reader of its value; values that outlive a tile (constants, broadcasts) keep theirs. A bitcast is its operand.</remarks>
sealed class TileRegisters
{
    readonly int[] _register;

    /// <param name="program">The program whose steps want registers.</param>
    public TileRegisters(LaneProgram program)
    {
        LaneInstruction[] steps = program.Steps;
        _register = new int[steps.Length];
        int[] root = Roots(steps);
        int[] last = LastReaders(program, root);
        var free = new Stack<int>();
        for (int i = 0; i < steps.Length; i++)
        {
            if (root[i] != i)
            {
                _register[i] = _register[root[i]];
                continue;
            }

            // Lasting values are written before the first step runs, so no earlier step may have had their register.
            // Taken before the operands' registers are free again: a conversion may not write over lanes of another size.
            bool lasting = steps[i].Op is LaneOp.Constant or LaneOp.LoadScalar;
            _register[i] = !lasting && free.TryPop(out int register) ? register : Count++;
            Release(steps[i], i, root, last, free);
        }
    }

    /// <summary>How many registers are in use at once.</summary>
    public int Count { get; private set; }

    /// <summary>The register of a step.</summary>
    public int this[int step] => _register[step];

    static int[] Roots(LaneInstruction[] steps)
    {
        var root = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            root[i] = steps[i].Op == LaneOp.Bitcast ? root[steps[i].A] : i;
        }

        return root;
    }

    static int[] LastReaders(LaneProgram program, int[] root)
    {
        LaneInstruction[] steps = program.Steps;
        var last = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            LaneInstruction s = steps[i];
            bool lasting = s.Op is LaneOp.Constant or LaneOp.LoadScalar;
            last[i] = Math.Max(last[i], lasting ? int.MaxValue : i);
            if (!s.IsSource)
            {
                foreach (int operand in (ReadOnlySpan<int>)[s.A, s.B, s.C])
                {
                    if (operand >= 0) { last[root[operand]] = Math.Max(last[root[operand]], i); }
                }
            }
        }

        foreach ((int step, _) in program.Outputs)
        {
            last[root[step]] = int.MaxValue;
        }

        return last;
    }

    void Release(LaneInstruction step, int i, int[] root, int[] last, Stack<int> free)
    {
        int a = step.IsSource || step.A < 0 ? -1 : root[step.A];
        int b = step.B < 0 ? -1 : root[step.B];
        int c = step.C < 0 ? -1 : root[step.C];
        if (a >= 0 && last[a] == i) { free.Push(_register[a]); }
        if (b >= 0 && b != a && last[b] == i) { free.Push(_register[b]); }
        if (c >= 0 && c != a && c != b && last[c] == i) { free.Push(_register[c]); }
        if (last[i] == i) { free.Push(_register[i]); }
    }
}
