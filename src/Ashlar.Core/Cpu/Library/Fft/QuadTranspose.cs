using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Library.Fft;

/// <summary>Four rows of four elements, transposed.</summary>
static unsafe class QuadTranspose<T>
    where T : unmanaged
{
    /// <summary>Whether the hardware has the shuffles.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx.IsSupported;
    }

    /// <param name="rows">[4, 4].</param>
    /// <param name="to">[4, 4].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(T* rows, T* to)
    {
        if (sizeof(T) == 8)
        {
            var from = (double*)rows;
            var result = (double*)to;
            Vector256<double> a = Vector256.Load(from), b = Vector256.Load(from + 4), c = Vector256.Load(from + 8), d = Vector256.Load(from + 12);
            Vector256<double> lowAb = Avx.UnpackLow(a, b), highAb = Avx.UnpackHigh(a, b), lowCd = Avx.UnpackLow(c, d), highCd = Avx.UnpackHigh(c, d);
            Vector256.Store(Avx.Permute2x128(lowAb, lowCd, 0x20), result);
            Vector256.Store(Avx.Permute2x128(highAb, highCd, 0x20), result + 4);
            Vector256.Store(Avx.Permute2x128(lowAb, lowCd, 0x31), result + 8);
            Vector256.Store(Avx.Permute2x128(highAb, highCd, 0x31), result + 12);
        }
        else
        {
            var from = (float*)rows;
            var result = (float*)to;
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + 4), c = Vector128.Load(from + 8), d = Vector128.Load(from + 12);
            Vector128<float> lowAb = Sse.UnpackLow(a, b), highAb = Sse.UnpackHigh(a, b), lowCd = Sse.UnpackLow(c, d), highCd = Sse.UnpackHigh(c, d);
            Vector128.Store(Sse.MoveLowToHigh(lowAb, lowCd), result);
            Vector128.Store(Sse.MoveHighToLow(lowCd, lowAb), result + 4);
            Vector128.Store(Sse.MoveLowToHigh(highAb, highCd), result + 8);
            Vector128.Store(Sse.MoveHighToLow(highCd, highAb), result + 12);
        }
    }
}
