using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <summary>The emitted loop over rows: <paramref name="count"/> is a positive multiple of the program's lanes, <paramref name="rows"/> positive.
/// After a row each operand moves on by its <paramref name="steps"/> in bytes, and what is broadcast along a row is read anew.</summary>
unsafe delegate void MapLoop(byte** operands, nint count, nint rows, nint* steps);

/// <summary>Writes a <see cref="LaneProgram"/> as IL, one call on vectors per step; the JIT turns each into its instruction.</summary>
/// <remarks>A result that is read once stays on the evaluation stack, so that the JIT has few locals to track; the stack's depth is bounded because the JIT recurses over it.
/// A comparison that only selects is written where it selects: the JIT finds the equal ones and keeps them in a mask register, where a local would be a vector.
/// Constants are written where they are used: the JIT keeps them in registers. Where several vectors stand side by side, those that one step reads are operands in memory (<see cref="ConstantTable"/>).
/// A long function can be compiled for several vectors side by side (<see cref="Interleaving"/>): one after the other in one body was tried and lost.</remarks>
[RequiresDynamicCode("Emits IL.")]
sealed unsafe partial class MapEmitter
{
    const int MaxDepth = 16;

    static readonly MethodInfo Prefetch = new PrefetchCall(Sse.Prefetch0).Method;

    readonly LaneProgram _program;
    readonly int _streamed;
    readonly ReduceKind?[] _folds;
    readonly int[] _uses;
    readonly bool[] _selects;
    readonly bool[] _combined;
    readonly nint[]? _table;
    readonly int _together;
    readonly int[] _depth;
    readonly LocalBuilder?[] _pointers;
    readonly DynamicMethod _method;
    readonly ILGenerator _il;
    readonly LocalBuilder _index;
    readonly List<AngleBranch> _branches = [];

    // Of the vector that is written, which is the first unless several stand side by side.
    LocalBuilder?[] _locals;
    int _vector;

    MapEmitter(LaneProgram program, int operandCount, int streamed, ReduceKind?[] folds, int together)
    {
        _program = program;
        _streamed = streamed;
        _folds = folds;
        _together = together;
        _uses = program.CountUses();
        _selects = OnlySelecting(program, _uses);
        _locals = new LocalBuilder?[program.Steps.Length];
        _combined = Combined();
        _table = together > 1 ? ConstantTable.Of(program) : null;
        _depth = new int[program.Steps.Length];
        _pointers = new LocalBuilder?[operandCount];
        _method = new DynamicMethod("MapLoop", typeof(void), [typeof(byte**), typeof(nint), typeof(nint), typeof(nint*)], typeof(MapEmitter).Module, skipVisibility: true);
        _il = _method.GetILGenerator(64 + (16 * program.Steps.Length));
        _index = _il.DeclareLocal(typeof(nint));
    }

    /// <param name="program">What is computed.</param>
    /// <param name="inputCount">Number of input operands; the outputs' pointers follow theirs.</param>
    /// <param name="streamed">A bit for each output that is written past the caches; its pointer is a multiple of 64, and so is its step.</param>
    /// <param name="folds">For each output how its rows are reduced, or null; empty if none is. Then a row is a multiple of 32 elements, and the steps of the program fold.</param>
    /// <param name="together">Vectors that are computed side by side; with folds 1, or a multiple of the vectors in 32 lanes.</param>
    public static MapLoop Compile(LaneProgram program, int inputCount, int streamed = 0, ReduceKind?[]? folds = null, int together = 1)
    {
        var emitter = new MapEmitter(program, inputCount + program.Outputs.Length, streamed, folds ?? [], together);
        emitter.Emit(inputCount);
        return emitter._method.CreateDelegate<MapLoop>();
    }

    void Emit(int inputCount)
    {
        EmitPointers(inputCount);
        EmitLanes();
        Label row = _il.DefineLabel();
        _il.MarkLabel(row);
        EmitBroadcasts();
        EmitEmptyLanes();
        LocalBuilder?[] known = [.. _locals];
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Stloc, _index);
        Label top = _il.DefineLabel();
        Label end = _il.DefineLabel();
        Label? several = _together > 1 ? EmitTogether(inputCount, top, end) : null;

        _il.MarkLabel(top);
        for (_part = 0; _part < Parts; _part++)
        {
            known.CopyTo(_locals, 0);
            EmitBody(inputCount);
            Advance(1);
        }

        if (several is { } label && Array.Exists(_program.Steps, step => step.IsAngle))
        {
            _il.Emit(OpCodes.Br, label);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _index);
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Blt, top);
        }

        _il.MarkLabel(end);
        EmitResults(inputCount);
        EmitNextRow(row);
        _il.Emit(OpCodes.Ret);
        EmitBranches();
    }

    void Advance(int vectors)
    {
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldc_I4, vectors * _program.Lanes);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _index);
    }

    void EmitNextRow(Label row)
    {
        Label end = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Dup);
        _il.Emit(OpCodes.Starg_S, (byte)2);
        _il.Emit(OpCodes.Brfalse, end);
        for (int i = 0; i < _pointers.Length; i++)
        {
            if (_pointers[i] is { } pointer)
            {
                _il.Emit(OpCodes.Ldloc, pointer);
                _il.Emit(OpCodes.Ldarg_3);
                _il.Emit(OpCodes.Ldc_I4, i * sizeof(nint));
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldind_I);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Stloc, pointer);
            }
        }

        _il.Emit(OpCodes.Br, row);
        _il.MarkLabel(end);
    }

    void EmitPointers(int inputCount)
    {
        foreach (LaneInstruction step in _program.Steps)
        {
            if (step.Op is LaneOp.Load or LaneOp.LoadScalar)
            {
                EmitPointer(step.A);
            }
        }

        Array.ForEach(_program.Unread, EmitPointer);
        for (int i = 0; i < _program.Outputs.Length; i++)
        {
            EmitPointer(inputCount + i);
        }
    }

    void EmitPointer(int operand)
    {
        LocalBuilder pointer = _pointers[operand] ??= _il.DeclareLocal(typeof(byte*));
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, operand * sizeof(byte*));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
        _il.Emit(OpCodes.Stloc, pointer);
    }

    void EmitBroadcasts()
    {
        for (int i = 0; i < _program.Steps.Length; i++)
        {
            LaneInstruction step = _program.Steps[i];
            if (step.Op != LaneOp.LoadScalar)
            {
                continue;
            }

            _il.Emit(OpCodes.Ldloc, _pointers[step.A]!);
            _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(step.From switch
            {
                DType.Float32 => OpCodes.Ldind_R4,
                DType.Float64 => OpCodes.Ldind_R8,
                DType.Int32 or DType.UInt32 => OpCodes.Ldind_I4,
                DType.Int64 or DType.UInt64 => OpCodes.Ldind_I8,
                DType.Int8 => OpCodes.Ldind_I1,
                DType.Int16 => OpCodes.Ldind_I2,
                DType.UInt16 or DType.Float16 or DType.BFloat16 => OpCodes.Ldind_U2,
                _ => OpCodes.Ldind_U1,
            });
            if (step.From == DType.Bool)
            {
                _il.Emit(OpCodes.Neg);
            }
            else if (step.From.IsHalf)
            {
                _il.Emit(OpCodes.Call, step.From == DType.Float16 ? ((Func<ushort, float>)Float16Lanes.ToSingle).Method : ((Func<ushort, float>)BFloat16Lanes.ToSingle).Method);
            }

            _il.Emit(OpCodes.Call, LaneMemory.Of(step.Type).Create(_program.Lanes));
            StoreLocal(i);
        }
    }

    void EmitBody(int inputCount)
    {
        bool oneOutput = _program.Outputs.Length == 1;
        for (int i = 0; i < _program.Steps.Length; i++)
        {
            LaneInstruction step = _program.Steps[i];
            if (step.Op is LaneOp.Constant or LaneOp.LoadScalar || (_uses[i] == 0 && !step.MayThrow))
            {
                continue;
            }

            if (step.IsAngle)
            {
                if (_locals[i] is null)
                {
                    EmitAngles(i);
                }

                continue;
            }

            _depth[i] = 1 + (step.IsSource ? 0 : Math.Max(DepthOf(step.A), Math.Max(DepthOf(step.B), DepthOf(step.C))));
            if (_selects[i])
            {
                Settle(step.A);
                Settle(step.B);
            }
            else if (_uses[i] != 1 || _depth[i] >= MaxDepth || step.MayThrow)
            {
                EmitStep(i);
                StoreLocal(i);
            }
        }

        // An output may be an input: with several outputs all values are ready before the first is stored.
        foreach ((int step, _) in _program.Outputs)
        {
            if (!oneOutput && _locals[step] is null && _program.Steps[step].Op != LaneOp.Constant)
            {
                EmitStep(step);
                StoreLocal(step);
            }
        }

        EmitStores(inputCount);
    }

    void EmitStores(int inputCount)
    {
        // A line for each vector: requests in one burst would be more than the processor waits for at a time.
        foreach (int input in Sse.IsSupported ? _program.Unread : [])
        {
            EmitAddress(input, DType.Float32);
            _il.Emit(OpCodes.Call, Prefetch);
        }

        for (int i = 0; i < _program.Outputs.Length; i++)
        {
            (int step, DType stored) = _program.Outputs[i];
            if (_folds.Length > 0 && _folds[i] is { } kind)
            {
                EmitJoin(i, step, kind);
                continue;
            }

            EmitValue(step);
            EmitAddress(inputCount + i, stored);
            LaneMemory memory = LaneMemory.Of(stored);
            _il.Emit(OpCodes.Call, ((_streamed >> i) & 1) != 0 && memory.Stream(_program.Lanes) is { } stream ? stream : memory.Store(_program.Lanes));
        }
    }

    static bool[] OnlySelecting(LaneProgram program, int[] uses)
    {
        var selections = new int[uses.Length];
        foreach (LaneInstruction step in program.Steps)
        {
            if (step.Op == LaneOp.Select && program.Steps[step.A].IsComparison)
            {
                selections[step.A]++;
            }
        }

        return [.. uses.Select((count, i) => count > 1 && count == selections[i])];
    }

    // What is read again and again is a local or a constant.
    void Settle(int step)
    {
        if (_locals[step] is null && _program.Steps[step].Op != LaneOp.Constant)
        {
            EmitStep(step);
            StoreLocal(step);
        }
    }

    int DepthOf(int step) => step < 0 || _locals[step] is not null ? 0 : _depth[step];

    void EmitValue(int step)
    {
        if (_locals[step] is { } local)
        {
            _il.Emit(OpCodes.Ldloc, local);
        }
        else
        {
            EmitStep(step);
        }
    }

    void EmitStep(int i)
    {
        LaneInstruction step = _program.Steps[i];
        switch (step.Op)
        {
            case LaneOp.Load:
                EmitAddress(step.A, step.From);
                _il.Emit(OpCodes.Call, LaneMemory.Of(step.From).Load(_program.Lanes));
                break;
            case LaneOp.Constant when _table is not null && _table[i] != 0:
                _il.Emit(OpCodes.Ldc_I8, (long)_table[i]);
                _il.Emit(OpCodes.Conv_I);
                _il.Emit(OpCodes.Call, LaneMemory.Of(step.Type).Load(_program.Lanes));
                break;
            case LaneOp.Constant:
                EmitConstant(step);
                break;
            case LaneOp.Select when IsZero(step.B) && _locals[step.A] is null && LaneCatalog.Complement(_program.Steps[step.A], _program.Lanes) is { } complement:
                // Where the other value is zero the JIT lets the instruction that makes the value mask its result.
                EmitValue(_program.Steps[step.A].A);
                EmitValue(_program.Steps[step.A].B);
                _il.Emit(OpCodes.Call, complement);
                EmitValue(step.C);
                EmitValue(step.B);
                _il.Emit(OpCodes.Call, LaneCatalog.Of(step).Method(_program.Lanes));
                break;
            case LaneOp.Fma or LaneOp.Or or LaneOp.Xor or LaneOp.Select when TryEmitCombined(step):
                break;
            default:
                EmitValue(step.A);
                if (step.B >= 0) { EmitValue(step.B); }
                if (step.C >= 0) { EmitValue(step.C); }
                if (step.Op is LaneOp.ShiftLeft or LaneOp.ShiftRightLogical or LaneOp.ShiftRightArithmetic)
                {
                    _il.Emit(OpCodes.Ldc_I4, (int)step.Bits);
                }

                _il.Emit(OpCodes.Call, LaneCatalog.Of(step).Method(_program.Lanes));
                break;
        }
    }

    bool IsZero(int step) => _program.Steps[step] is { Op: LaneOp.Constant, Bits: 0 };

    // All parts of one angle at once: where no lane is huge they are the angle itself and zeros, behind one comparison.
    // The calls for huge angles stand behind the loop, so that a sine costs no call.
    void EmitAngles(int first)
    {
        int angle = _program.Steps[first].A;
        DType type = _program.Steps[first].Type;
        if (_locals[angle] is null)
        {
            EmitStep(angle);
            StoreLocal(angle);
        }

        var branch = new AngleBranch([], angle, [], _hugeTogether ?? _il.DefineLabel(), _il.DefineLabel());
        for (int i = first; i < _program.Steps.Length; i++)
        {
            LaneInstruction step = _program.Steps[i];
            if (step.IsAngle && step.A == angle)
            {
                EmitValueOfSmall(step);
                StoreLocal(i);
                branch.Parts.Add(i);
            }
        }

        _il.Emit(OpCodes.Ldloc, _locals[angle]!);
        _il.Emit(OpCodes.Call, HugeAngleTest.Any(type, _program.Lanes));
        _il.Emit(OpCodes.Brtrue, branch.Huge);
        if (_hugeTogether is null)
        {
            _il.MarkLabel(branch.Back);
            _branches.Add(branch with { Locals = [.. _locals] });
        }
    }

    void EmitValueOfSmall(LaneInstruction step)
    {
        if (step.Op == LaneOp.AngleHigh)
        {
            _il.Emit(OpCodes.Ldloc, _locals[step.A]!);
        }
        else
        {
            EmitConstant(step with { Bits = 0 });
        }
    }

    void EmitBranches()
    {
        foreach (AngleBranch branch in _branches)
        {
            _locals = branch.Locals;
            _il.MarkLabel(branch.Huge);
            foreach (int part in branch.Parts)
            {
                _il.Emit(OpCodes.Ldloc, _locals[branch.Angle]!);
                _il.Emit(OpCodes.Call, LaneCatalog.Of(_program.Steps[part]).Method(_program.Lanes));
                StoreLocal(part);
            }

            _il.Emit(OpCodes.Br, branch.Back);
        }
    }

    void EmitConstant(LaneInstruction step)
    {
        switch (step.Type)
        {
            case DType.Float32:
                _il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle((int)step.Bits));
                break;
            case DType.Float64:
                _il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(step.Bits));
                break;
            case DType.Int32:
                _il.Emit(OpCodes.Ldc_I4, (int)step.Bits);
                break;
            default:
                _il.Emit(OpCodes.Ldc_I8, step.Bits);
                break;
        }

        _il.Emit(OpCodes.Call, LaneMemory.Of(step.Type).Create(_program.Lanes));
    }

    void EmitAddress(int operand, DType stored)
    {
        _il.Emit(OpCodes.Ldloc, _pointers[operand]!);
        _il.Emit(OpCodes.Ldloc, _index);
        if (stored.ItemSize > 1)
        {
            _il.Emit(OpCodes.Ldc_I4, stored.ItemSize);
            _il.Emit(OpCodes.Mul);
        }

        _il.Emit(OpCodes.Add);
        if (_vector > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, _vector * _program.Lanes * stored.ItemSize);
            _il.Emit(OpCodes.Add);
        }
    }

    void StoreLocal(int step)
    {
        LocalBuilder local = _locals[step] ??= _il.DeclareLocal(LaneMemory.Of(_program.Steps[step].Type).Vector(_program.Lanes));
        _il.Emit(OpCodes.Stloc, local);
    }

    unsafe delegate void PrefetchCall(void* at);

    /// <summary>Steps that are parts of one angle, and where their values for huge lanes are computed.</summary>
    sealed record AngleBranch(LocalBuilder?[] Locals, int Angle, List<int> Parts, Label Huge, Label Back);
}
