using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>Eight rows by eight of k.</summary>
readonly unsafe struct RowBlock256 : IRowBlock<Vector256<float>>
{
    public static int Depth => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(float* data, nint step, float* vector, Vector256<float> sum)
    {
        if (!Avx.IsSupported)
        {
            for (int k = 0; k < Depth; k++)
            {
                sum = Vector256.FusedMultiplyAdd(Gather(data + k, step), Vector256.Create(vector[k]), sum);
            }

            return sum;
        }

        return Half(data + 4, step, vector + 4, Half(data, step, vector, sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gather(float* data, nint step) => Vector256.Create(
        data[0], data[step], data[2 * step], data[3 * step], data[4 * step], data[5 * step], data[6 * step], data[7 * step]);

    // Four of k, of which halves of rows are loaded into place, so that only shuffles inside the halves remain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Half(float* data, nint step, float* vector, Vector256<float> sum)
    {
        Vector256<float> r0 = Pair(data, data + (4 * step));
        Vector256<float> r1 = Pair(data + step, data + (5 * step));
        Vector256<float> r2 = Pair(data + (2 * step), data + (6 * step));
        Vector256<float> r3 = Pair(data + (3 * step), data + (7 * step));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(low01, low23).AsSingle(), Vector256.Create(vector[0]), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackHigh(low01, low23).AsSingle(), Vector256.Create(vector[1]), sum);
        sum = Vector256.FusedMultiplyAdd(Avx.UnpackLow(high01, high23).AsSingle(), Vector256.Create(vector[2]), sum);
        return Vector256.FusedMultiplyAdd(Avx.UnpackHigh(high01, high23).AsSingle(), Vector256.Create(vector[3]), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));
}
