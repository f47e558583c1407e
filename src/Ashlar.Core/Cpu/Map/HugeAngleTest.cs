using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>Whether any lane is a <see cref="HugeAngle"/>.</summary>
static class HugeAngleTest
{
    /// <summary>The method that takes vectors of <paramref name="lanes"/> lanes of a floating type.</summary>
    public static MethodInfo Any(DType type, int lanes) => (type, lanes) switch
    {
        (DType.Float32, 16) => ((Func<Vector512<float>, bool>)Any).Method,
        (DType.Float32, 8) => ((Func<Vector256<float>, bool>)Any).Method,
        (DType.Float32, _) => ((Func<Vector128<float>, bool>)Any).Method,
        (_, 8) => ((Func<Vector512<double>, bool>)Any).Method,
        _ => ((Func<Vector256<double>, bool>)Any).Method,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<float> a) => Vector128.GreaterThanAny(Vector128.Abs(a), Vector128.Create(HugeAngle.SingleLimit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector256<float> a) => Vector256.GreaterThanAny(Vector256.Abs(a), Vector256.Create(HugeAngle.SingleLimit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector512<float> a) => Vector512.GreaterThanAny(Vector512.Abs(a), Vector512.Create(HugeAngle.SingleLimit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector128<double> a) => Vector128.GreaterThanAny(Vector128.Abs(a), Vector128.Create(HugeAngle.DoubleLimit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector256<double> a) => Vector256.GreaterThanAny(Vector256.Abs(a), Vector256.Create(HugeAngle.DoubleLimit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vector512<double> a) => Vector512.GreaterThanAny(Vector512.Abs(a), Vector512.Create(HugeAngle.DoubleLimit));
}
