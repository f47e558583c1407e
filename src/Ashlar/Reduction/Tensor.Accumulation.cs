namespace Ashlar;

/// <content>In which dtype sums and products are taken.</content>
public sealed partial class Tensor
{
    // The Array API: what is narrower than the default integer is widened to it, or to its unsigned partner; floats keep their dtype.
    Tensor Accumulator(DType? dtype)
    {
        DType own = DType == DType.Bool ? DType.Int64 : !DType.IsInteger ? DType : DType.IsSigned ? DType.Int64 : DType.UInt64;
        return (dtype ?? own) == DType ? this : To(dtype ?? own);
    }

    // Sums of halves overflow early: a composite with a sum inside is taken in float32 and rounded once.
    Tensor InSingle(Func<Tensor, Tensor> composite) => composite(To(DType.Float32)).To(DType);
}
