using System.Reflection.Emit;
using Ashlar.Ir;

namespace Ashlar.Cpu.Map;

/// <content>Outputs that are reduced along a row: their lanes are locals, and the body is written as often as there are vectors in 32 lanes, or for more of them side by side.</content>
sealed unsafe partial class MapEmitter
{
    LocalBuilder[][] _lanes = [];
    int _part;

    /// <summary>Whether a program's outputs can be reduced in registers.</summary>
    public static bool Folds(LaneProgram program) => FoldLanes.Have(program.Lanes) && !Array.Exists(program.Steps, step => step.IsAngle);

    int Parts => _folds.Length == 0 ? 1 : FoldLanes.Count / _program.Lanes;

    void EmitLanes()
    {
        _lanes = new LocalBuilder[_folds.Length][];
        for (int i = 0; i < _folds.Length; i++)
        {
            if (_folds[i] is not null)
            {
                _lanes[i] = new LocalBuilder[Parts];
                for (int part = 0; part < Parts; part++)
                {
                    _lanes[i][part] = _il.DeclareLocal(LaneMemory.Of(DType.Float32).Vector(_program.Lanes));
                }
            }
        }
    }

    void EmitEmptyLanes()
    {
        for (int i = 0; i < _folds.Length; i++)
        {
            for (int part = 0; _folds[i] is { } kind && part < Parts; part++)
            {
                _il.Emit(OpCodes.Call, FoldLanes.Identity(kind));
                _il.Emit(OpCodes.Call, LaneMemory.Of(DType.Float32).Create(_program.Lanes));
                _il.Emit(OpCodes.Stloc, _lanes[i][part]);
            }
        }
    }

    void EmitJoin(int output, int step, ReduceKind kind)
    {
        _il.Emit(OpCodes.Ldloc, _lanes[output][_part]);
        EmitValue(step);
        _il.Emit(OpCodes.Call, FoldLanes.Combine(kind, _program.Lanes));
        _il.Emit(OpCodes.Stloc, _lanes[output][_part]);
    }

    void EmitResults(int inputCount)
    {
        for (int i = 0; i < _folds.Length; i++)
        {
            if (_folds[i] is { } kind)
            {
                _il.Emit(OpCodes.Ldloc, _pointers[inputCount + i]!);
                foreach (LocalBuilder lanes in _lanes[i])
                {
                    _il.Emit(OpCodes.Ldloc, lanes);
                }

                _il.Emit(OpCodes.Call, FoldLanes.Fold(kind, _program.Lanes));
                _il.Emit(OpCodes.Stind_R4);
            }
        }
    }
}
