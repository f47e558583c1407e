namespace Ashlar;

/// <content>Questions about dtypes, as the Array API asks them.</content>
public sealed partial class Tensor
{
    /// <summary>The dtype that all tensors promote to: that of their sum.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="DTypeException">Two of them have no common dtype.</exception>
    public static DType ResultType(params ReadOnlySpan<Tensor> tensors)
    {
        var types = new DType[tensors.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = tensors[i].DType;
        }

        return DTypeFacts.ResultType(types);
    }

    /// <summary>Whether promotion alone leads from one dtype to the other. <see cref="To"/> converts between any two.</summary>
    public static bool CanCast(DType from, DType to) => DTypeFacts.CanCast(from, to);
}
