using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>A part of <see cref="HugeAngle"/>.</summary>
interface IAnglePart
{
    static abstract bool IsAngle { get; }

    static abstract float Of(float x);

    static abstract double Of(double x);
}

readonly struct AngleTurns : IAnglePart
{
    public static bool IsAngle => false;

    public static float Of(float x) => HugeAngle.Turns(x);

    public static double Of(double x) => HugeAngle.Turns(x);
}

readonly struct AngleHigh : IAnglePart
{
    public static bool IsAngle => true;

    public static float Of(float x) => HugeAngle.High(x);

    public static double Of(double x) => HugeAngle.High(x);
}

readonly struct AngleLow : IAnglePart
{
    public static bool IsAngle => false;

    public static float Of(float x) => HugeAngle.Low(x);

    public static double Of(double x) => HugeAngle.Low(x);
}

/// <summary>A part of huge angles: one comparison where no lane is huge, else lane by lane. A way without a branch would make every sine twice as dear.</summary>
/// <remarks>The emitter asks <see cref="HugeAngleTest"/> before it comes here; optimised from the first call these do not start slow.</remarks>
readonly struct HugeAngleLanes<TPart> : IUnaryLanes<float, float>, IUnaryLanes<double, double>
    where TPart : struct, IAnglePart
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector128<float> Apply(Vector128<float> a) =>
        HugeAngleTest.Any(a) ? EachLane(a) : TPart.IsAngle ? a : Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<float> Apply(Vector256<float> a) =>
        HugeAngleTest.Any(a) ? EachLane(a) : TPart.IsAngle ? a : Vector256<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector128<double> Apply(Vector128<double> a) =>
        HugeAngleTest.Any(a) ? EachLane(a) : TPart.IsAngle ? a : Vector128<double>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Vector256<double> Apply(Vector256<double> a) =>
        HugeAngleTest.Any(a) ? EachLane(a) : TPart.IsAngle ? a : Vector256<double>.Zero;

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector128<float> EachLane(Vector128<float> a)
    {
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            a = a.WithElement(i, TPart.Of(a[i]));
        }

        return a;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector256<float> EachLane(Vector256<float> a) => Vector256.Create(EachLane(a.GetLower()), EachLane(a.GetUpper()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector128<double> EachLane(Vector128<double> a) => Vector128.Create(TPart.Of(a[0]), TPart.Of(a[1]));

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector256<double> EachLane(Vector256<double> a) => Vector256.Create(EachLane(a.GetLower()), EachLane(a.GetUpper()));
}
