using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>Conversions between dtypes.</summary>
public static class ConversionMaps
{
    /// <summary>The value as another dtype: to nearest between floats, toward zero and saturating at the integer's range from float to integer (NaN gives 0), wrapping between integers, "not zero" to bool.</summary>
    public static readonly MapPrimitive Cast = new("Cast", 1, DTypeSet.All, (x, a) => x[0].Convert(Target(a)),
        (n, dy) => [n.Inputs[0].Type.IsFloating && n.Type.IsFloating ? Op.Cast(dy, n.Inputs[0].Type) : null], "Cast", knowsHalves: true);

    /// <summary>The same bits as another dtype of the same size.</summary>
    public static readonly MapPrimitive Bitcast = new("Bitcast", 1, DTypeSet.Number, (x, a) => x[0].Bitcast(Target(a)), (_, _) => [null], "BitCast", knowsHalves: true);

    static DType Target(Attributes? attributes) => ((TargetDType)attributes!).Type;
}
