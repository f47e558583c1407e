using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution whose kernel is constant and lies in panels: A is what <see cref="KeptLayout.Write"/> wrote.</summary>
/// <remarks>Bits: those of <see cref="ContractionKernel"/>, each sum the same chain in the same chunks of k.</remarks>
static class KeptContraction
{
    /// <param name="plan">Of the convolution.</param>
    /// <param name="registerBytes">Width of the registers, 32 or 64.</param>
    public static IContraction Of(KeptPlan plan, int registerBytes) => registerBytes == 64
        ? new TypedKeptContraction<Vector512<float>, Lanes512<float>>(plan)
        : new TypedKeptContraction<Vector256<float>, Lanes256<float>>(plan);
}
