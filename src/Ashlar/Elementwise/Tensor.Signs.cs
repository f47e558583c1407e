using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Signs, neighbours and kinds of numbers.</content>
public sealed partial class Tensor
{
    /// <summary>Whether the sign bit is set, also that of -0 → bool; false for NaN.</summary>
    public Tensor Signbit() => Map(SignMaps.SignBit);

    /// <summary>|a| with the sign bit of b; floats; a NaN in b counts as plus. Operands broadcast and promote.</summary>
    public static Tensor CopySign(Tensor a, Tensor b) => new(Op.Binary(SignMaps.CopySign, a.RealNode(), b.RealNode()));

    /// <summary>The float after a in the direction of b; float32 and float64; NaN where either is. Operands broadcast and promote.</summary>
    public static Tensor NextAfter(Tensor a, Tensor b) => new(Op.Binary(SignMaps.NextAfter, a.RealNode(), b.RealNode()));

    /// <summary>Whether an element, or a part of a complex one, is NaN → bool; false for integers.</summary>
    public Tensor IsNaN() => NotEqualTo(this);

    /// <summary>Whether an element, or a part of a complex one, is ∞ or -∞ → bool; false for integers.</summary>
    public Tensor IsInf() => DType.IsComplex ? Real.IsInf() | Imag.IsInf() : DType.IsFloating ? Abs().EqualTo(Number(this, double.PositiveInfinity)) : NotEqualTo(this);

    /// <summary>Whether an element is neither infinite nor NaN → bool; true for integers.</summary>
    public Tensor IsFinite() => DType.IsComplex ? Real.IsFinite() & Imag.IsFinite() : DType.IsFloating ? Abs() < double.PositiveInfinity : EqualTo(this);

    /// <summary>NaN and infinities replaced, in each part of a complex number; integers stay.</summary>
    /// <param name="nan">In place of NaN.</param>
    /// <param name="positiveInfinity">In place of ∞; null means the dtype's largest number.</param>
    /// <param name="negativeInfinity">In place of -∞; null means the dtype's least number.</param>
    public Tensor NanToNum(double nan = 0, double? positiveInfinity = null, double? negativeInfinity = null)
    {
        if (DType.IsComplex)
        {
            return Complex(Real.NanToNum(nan, positiveInfinity, negativeInfinity), Imag.NanToNum(nan, positiveInfinity, negativeInfinity));
        }

        if (!DType.IsFloating)
        {
            return this;
        }

        double largest = FloatInfo.Of(DType).Max;
        Tensor known = Where(IsNaN(), Number(this, nan), this);
        Tensor below = Where(EqualTo(Number(this, double.PositiveInfinity)), Number(this, positiveInfinity ?? largest), known);
        return Where(EqualTo(Number(this, double.NegativeInfinity)), Number(this, negativeInfinity ?? -largest), below);
    }

    static Tensor Number(Tensor like, double value) => new(Op.Number(like.DType.RealType, value));
}
