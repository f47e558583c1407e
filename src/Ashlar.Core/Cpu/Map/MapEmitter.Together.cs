using System.Reflection.Emit;

namespace Ashlar.Cpu.Map;

/// <content>Several vectors side by side, step by step, before the loop that takes the rest one at a time.</content>
sealed unsafe partial class MapEmitter
{
    // Where vectors with huge angles are left to: a call in the loop would put every value away.
    Label? _hugeTogether;

    // Where fewer than all of them are left, or an angle is huge, the loop leaves to `single`; `end` is where a row is done that has no rest. Returns where it begins again.
    Label EmitTogether(int inputCount, Label single, Label end)
    {
        LocalBuilder?[] shared = _locals;
        Label test = _il.DefineLabel();
        Label top = _il.DefineLabel();
        LocalBuilder last = _il.DeclareLocal(typeof(nint));
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldc_I4, _together * _program.Lanes);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, last);
        _il.Emit(OpCodes.Br, test);
        _il.MarkLabel(top);
        _hugeTogether = single;
        EmitBodies(inputCount, [.. Enumerable.Range(0, _together).Select(_ => (LocalBuilder?[])shared.Clone())]);
        (_locals, _vector, _hugeTogether) = (shared, 0, null);
        Advance(_together);
        _il.MarkLabel(test);
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldloc, last);
        _il.Emit(OpCodes.Ble, top);
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Bge, end);
        return test;
    }

    void EmitBodies(int inputCount, LocalBuilder?[][] locals)
    {
        for (int i = 0; i < _program.Steps.Length; i++)
        {
            LaneInstruction step = _program.Steps[i];
            if (_uses[i] == 0 || step.Op is LaneOp.Constant or LaneOp.LoadScalar || IsWrittenWhereRead(i))
            {
                continue;
            }

            for (_vector = 0; _vector < _together; _vector++)
            {
                _locals = locals[_vector];
                if (!step.IsAngle)
                {
                    EmitStep(i);
                    StoreLocal(i);
                }
                else if (_locals[i] is null)
                {
                    EmitAngles(i);
                }
            }
        }

        for (_vector = 0; _vector < _together; _vector++)
        {
            _locals = locals[_vector];
            _part = _vector % Parts;
            EmitStores(inputCount);
        }
    }

    // Loads become operands in memory, comparisons masks, and what a mask makes zero is made under that mask.
    bool IsWrittenWhereRead(int i)
    {
        LaneInstruction step = _program.Steps[i];
        return _selects[i] || _combined[i] || (_uses[i] == 1 && !step.IsAngle
            && (step.Op == LaneOp.Load || Array.Exists(_program.Steps, reader => reader.Op == LaneOp.Select && ((reader.A == i && step.IsComparison) || (reader.C == i && IsZero(reader.B))))));
    }
}
