using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Truth values of elements, and the bits of integers under the names of the Array API. Operands broadcast and promote.</content>
public sealed partial class Tensor
{
    /// <summary>a ≠ 0 and b ≠ 0 → bool.</summary>
    public static Tensor LogicalAnd(Tensor a, Tensor b) => a.To(DType.Bool) & b.To(DType.Bool);

    /// <summary>a ≠ 0 or b ≠ 0 → bool.</summary>
    public static Tensor LogicalOr(Tensor a, Tensor b) => a.To(DType.Bool) | b.To(DType.Bool);

    /// <summary>Exactly one of a and b is not 0 → bool.</summary>
    public static Tensor LogicalXor(Tensor a, Tensor b) => a.To(DType.Bool) ^ b.To(DType.Bool);

    /// <summary>x = 0 → bool.</summary>
    public Tensor LogicalNot() => ~To(DType.Bool);

    /// <summary>a &amp; b on the bits of integers or on bool.</summary>
    public static Tensor BitwiseAnd(Tensor a, Tensor b) => a & b;

    /// <summary>a | b on the bits of integers or on bool.</summary>
    public static Tensor BitwiseOr(Tensor a, Tensor b) => a | b;

    /// <summary>a ^ b on the bits of integers or on bool.</summary>
    public static Tensor BitwiseXor(Tensor a, Tensor b) => a ^ b;

    /// <summary>~x on the bits of integers or on bool.</summary>
    public Tensor BitwiseInvert() => ~this;

    /// <summary>a · 2ᵇ on integers, wrapped; a count below 0 or of the dtype's width or more gives 0.</summary>
    public static Tensor BitwiseLeftShift(Tensor a, Tensor b) => new(Op.Binary(ShiftMaps.Left, a.RealNode(), b.RealNode()));

    /// <summary>⌊a / 2ᵇ⌋ on integers; a count below 0 or of the dtype's width or more leaves only the sign.</summary>
    public static Tensor BitwiseRightShift(Tensor a, Tensor b) => new(Op.Binary(ShiftMaps.Right, a.RealNode(), b.RealNode()));

    /// <summary>a · 2ᵇ on integers, wrapped.</summary>
    public static Tensor operator <<(Tensor a, Tensor b) => BitwiseLeftShift(a, b);

    /// <summary>a · 2ᵇ on integers, wrapped.</summary>
    public static Tensor operator <<(Tensor a, int b) => BitwiseLeftShift(a, Number(a, b));

    /// <summary>⌊a / 2ᵇ⌋ on integers.</summary>
    public static Tensor operator >>(Tensor a, Tensor b) => BitwiseRightShift(a, b);

    /// <summary>⌊a / 2ᵇ⌋ on integers.</summary>
    public static Tensor operator >>(Tensor a, int b) => BitwiseRightShift(a, Number(a, b));
}
