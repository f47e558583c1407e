using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Whole numbers near elements, whole quotients and remainders.</content>
public sealed partial class Tensor
{
    /// <summary>⌊x⌋; integers stay. No gradient passes.</summary>
    public Tensor Floor() => Whole(RoundingMaps.Floor);

    /// <summary>⌈x⌉; integers stay. No gradient passes.</summary>
    public Tensor Ceil() => Whole(RoundingMaps.Ceiling);

    /// <summary>Toward zero; integers stay. No gradient passes.</summary>
    public Tensor Trunc() => Whole(RoundingMaps.Truncate);

    /// <summary>To the nearest whole number, ties to the even one; integers stay. No gradient passes.</summary>
    public Tensor Round() => Whole(RoundingMaps.Round);

    /// <summary>⌊a / b⌋, as Python's <c>//</c> and NumPy's floor_divide. Operands broadcast and promote.</summary>
    /// <exception cref="DivideByZeroException">When run: an integer divisor is zero. Floats give ±∞ or NaN.</exception>
    public static Tensor FloorDivide(Tensor a, Tensor b) => new(Op.Binary(DivisionMaps.FloorDivide, a.RealNode(), b.RealNode()));

    /// <summary>⌊a / b⌋, as Python's <c>//</c>.</summary>
    public static Tensor FloorDivide(Tensor a, double b) => new(Op.Binary(DivisionMaps.FloorDivide, a.RealNode(), Weak(a, b)));

    /// <summary>a - b ⌊a / b⌋, with the divisor's sign, as Python's <c>%</c> and NumPy's remainder; exact for floats. Operands broadcast and promote.</summary>
    /// <exception cref="DivideByZeroException">When run: an integer divisor is zero. Floats give NaN.</exception>
    public static Tensor Remainder(Tensor a, Tensor b) => new(Op.Binary(DivisionMaps.Remainder, a.RealNode(), b.RealNode()));

    /// <summary>a - b ⌊a / b⌋, with the divisor's sign, as Python's <c>%</c>.</summary>
    public static Tensor Remainder(Tensor a, double b) => new(Op.Binary(DivisionMaps.Remainder, a.RealNode(), Weak(a, b)));

    /// <summary>a - b trunc(a / b), with the dividend's sign, as C's fmod and C#'s <c>%</c>; exact for floats. Operands broadcast and promote.</summary>
    /// <exception cref="DivideByZeroException">When run: an integer divisor is zero. Floats give NaN.</exception>
    public static Tensor Fmod(Tensor a, Tensor b) => new(Op.Binary(DivisionMaps.Fmod, a.RealNode(), b.RealNode()));

    /// <summary>a - b trunc(a / b), with the dividend's sign, as C#'s <c>%</c>.</summary>
    public static Tensor Fmod(Tensor a, double b) => new(Op.Binary(DivisionMaps.Fmod, a.RealNode(), Weak(a, b)));

    Tensor Whole(MapPrimitive map) => DType.IsInteger ? this : Map(map);
}
