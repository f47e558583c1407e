namespace Ashlar;

/// <summary>The kinds that dlpack.h gives to dtypes.</summary>
static class DLPackDType
{
    const byte Int = 0;
    const byte UInt = 1;
    const byte Float = 2;
    const byte BFloat = 4;
    const byte Complex = 5;
    const byte Bool = 6;

    public static DLDataType Of(DType type) => new(Kind(type), (byte)(8 * type.ItemSize), 1);

    public static DType Find(DLDataType found)
    {
        foreach (DType type in Enum.GetValues<DType>())
        {
            if (Of(type) == found)
            {
                return type;
            }
        }

        throw new DTypeException($"DLPack.Import: {found.Lanes} × kind {found.Code} of {found.Bits} bits is no dtype of Ashlar. Let the producer cast to one of {string.Join(", ", Enum.GetValues<DType>().Select(type => type.Name))}.");
    }

    static byte Kind(DType type) => type switch
    {
        DType.Bool => Bool,
        DType.BFloat16 => BFloat,
        _ when type.IsFloating => Float,
        _ when type.IsInteger => type.IsSigned ? Int : UInt,
        _ => Complex,
    };
}
