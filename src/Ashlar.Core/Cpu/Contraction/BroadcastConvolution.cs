using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>A convolution that reads pixels one at a time and outputs by the register: no panel of pixels is packed, which for few outputs or short sums costs a fifth of the work.</summary>
/// <remarks>Bits: those of <see cref="ContractionKernel"/>, each sum the same chain in the same chunks of k.</remarks>
static class BroadcastConvolution
{
    /// <param name="plan">Of the convolution.</param>
    /// <param name="isKept">Whether A is what <see cref="KeptLayout.Write"/> wrote, not the kernel as it stands.</param>
    public static IContraction Of(BroadcastPlan plan, bool isKept) => plan.Layout.RegisterBytes == 64
        ? new TypedBroadcastConvolution<Vector512<float>, Lanes512<float>>(plan, isKept)
        : new TypedBroadcastConvolution<Vector256<float>, Lanes256<float>>(plan, isKept);
}
