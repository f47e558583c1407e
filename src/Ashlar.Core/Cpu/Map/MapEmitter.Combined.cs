using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Map;

/// <content>Steps that one instruction on vectors of 64 bytes carries out together. The JIT finds few of them, and none across the locals of vectors that stand side by side.</content>
sealed unsafe partial class MapEmitter
{
    // Truth tables of three bits: (a & ~c) | (b & c), and a ^ (b & c).
    const byte FirstFromSecondWhereThird = 0xD8;
    const byte FirstXorSecondAndThird = 0x78;

    delegate Vector512<T> OfThree<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged;

    bool IsWide(LaneInstruction step) => Avx512F.IsSupported && _program.Lanes * step.Type.ItemSize == Vector512<byte>.Count;

    bool IsOnlyHere(int step) => _uses[step] == 1 && _locals[step] is null;

    bool IsOnlyHere(int step, LaneOp op) => _program.Steps[step].Op == op && IsOnlyHere(step);

    // a · b + c where a or c is a number negated.
    bool IsSignedFma(LaneInstruction step) => step.Op == LaneOp.Fma && IsWide(step) && (IsOnlyHere(step.A, LaneOp.Negate) || IsOnlyHere(step.C, LaneOp.Negate));

    // The magnitude of one number with the sign of another: |m| | (s & the bit of the sign).
    bool IsCopiedSign(LaneInstruction step) => step.Op == LaneOp.Or && IsWide(step) && IsOnlyHere(step.A, LaneOp.Bitcast) && IsOnlyHere(step.B, LaneOp.And)
        && IsOnlyHere(_program.Steps[step.A].A, LaneOp.Abs) && _program.Steps[_program.Steps[step.A].A].Type.IsFloating
        && _program.Steps[_program.Steps[step.B].B] is { Op: LaneOp.Constant } mask && mask.Bits == (step.Type == DType.Int32 ? 0x8000_0000L : long.MinValue);

    bool IsXorOfAnd(LaneInstruction step) => step.Op == LaneOp.Xor && IsWide(step) && IsOnlyHere(step.B, LaneOp.And);

    // Floats chosen by a comparison of integers: the choice is made among integers, or the mask would have to become a vector first.
    bool IsChoiceByIntegers(LaneInstruction step) => step.Op == LaneOp.Select && IsWide(step) && step.Type.IsFloating && IsOnlyHere(step.A, LaneOp.Bitcast)
        && _program.Steps[_program.Steps[step.A].A].IsComparison && IsOnlyHere(_program.Steps[step.A].A);

    // What stands inside such a combination has no place of its own.
    bool[] Combined()
    {
        var combined = new bool[_program.Steps.Length];
        foreach (LaneInstruction step in _program.Steps)
        {
            if (IsSignedFma(step))
            {
                combined[step.A] |= IsOnlyHere(step.A, LaneOp.Negate);
                combined[step.C] |= IsOnlyHere(step.C, LaneOp.Negate);
            }
            else if (IsCopiedSign(step))
            {
                combined[step.A] = combined[step.B] = combined[_program.Steps[step.A].A] = true;
            }
            else if (IsXorOfAnd(step))
            {
                combined[step.B] = true;
            }
            else if (IsChoiceByIntegers(step))
            {
                combined[step.A] = combined[_program.Steps[step.A].A] = true;
            }
        }

        return combined;
    }

    bool TryEmitCombined(LaneInstruction step)
    {
        if (IsSignedFma(step))
        {
            EmitSignedFma(step);
        }
        else if (IsCopiedSign(step))
        {
            LaneInstruction bits = _program.Steps[step.A];
            EmitValue(_program.Steps[bits.A].A);
            EmitBitcast(bits.From, bits.Type);
            EmitOfThree(step, _program.Steps[step.B], FirstFromSecondWhereThird);
        }
        else if (IsXorOfAnd(step))
        {
            EmitValue(step.A);
            EmitOfThree(step, _program.Steps[step.B], FirstXorSecondAndThird);
        }
        else if (IsChoiceByIntegers(step))
        {
            DType integers = _program.Steps[step.A].From;
            EmitValue(_program.Steps[step.A].A);
            EmitValue(step.B);
            EmitBitcast(step.Type, integers);
            EmitValue(step.C);
            EmitBitcast(step.Type, integers);
            _il.Emit(OpCodes.Call, LaneCatalog.Of(step with { Type = integers, From = integers }).Method(_program.Lanes));
            EmitBitcast(integers, step.Type);
        }
        else
        {
            return false;
        }

        return true;
    }

    void EmitSignedFma(LaneInstruction step)
    {
        (bool product, bool addend) = (IsOnlyHere(step.A, LaneOp.Negate), IsOnlyHere(step.C, LaneOp.Negate));
        EmitValue(product ? _program.Steps[step.A].A : step.A);
        EmitValue(step.B);
        EmitValue(addend ? _program.Steps[step.C].A : step.C);
        _il.Emit(OpCodes.Call, (step.Type, product, addend) switch
        {
            (DType.Float32, true, true) => ((OfThree<float>)Avx512F.FusedMultiplySubtractNegated).Method,
            (DType.Float32, true, false) => ((OfThree<float>)Avx512F.FusedMultiplyAddNegated).Method,
            (DType.Float32, false, _) => ((OfThree<float>)Avx512F.FusedMultiplySubtract).Method,
            (_, true, true) => ((OfThree<double>)Avx512F.FusedMultiplySubtractNegated).Method,
            (_, true, false) => ((OfThree<double>)Avx512F.FusedMultiplyAddNegated).Method,
            _ => ((OfThree<double>)Avx512F.FusedMultiplySubtract).Method,
        });
    }

    // The first is on the stack; the others are the operands of an And.
    void EmitOfThree(LaneInstruction step, LaneInstruction and, byte table)
    {
        EmitValue(and.A);
        EmitValue(and.B);
        _il.Emit(OpCodes.Ldc_I4, (int)table);
        _il.Emit(OpCodes.Call, step.Type == DType.Int32
            ? ((Func<Vector512<int>, Vector512<int>, Vector512<int>, byte, Vector512<int>>)Avx512F.TernaryLogic).Method
            : ((Func<Vector512<long>, Vector512<long>, Vector512<long>, byte, Vector512<long>>)Avx512F.TernaryLogic).Method);
    }

    void EmitBitcast(DType from, DType to) => _il.Emit(OpCodes.Call, LaneCatalog.Of(new LaneInstruction(LaneOp.Bitcast, to, from, -1, -1, -1, 0)).Method(_program.Lanes));
}
