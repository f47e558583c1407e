using Ashlar.Ir;
using Ashlar.Primitives.Map;

namespace Ashlar.Primitives;

/// <content>Carriers: the few dtypes that primitives other than maps and movements compute in. Operands are cast on the way in, results on the way out.</content>
public static partial class Op
{
    /// <summary>int32, int64, float32 or float64: the dtype in which sums, products, orders and searches of <paramref name="type"/> are computed.</summary>
    /// <remarks>Exact: integers are held or wrap alike, and halves are defined as rounded float32.</remarks>
    public static DType CarrierOf(DType type) => type switch
    {
        DType.Float16 or DType.BFloat16 => DType.Float32,
        DType.UInt32 or DType.UInt64 => DType.Int64,
        DType.Bool or DType.UInt8 or DType.Int8 or DType.Int16 or DType.UInt16 => DType.Int32,
        _ => type,
    };

    /// <summary>The operand as its carrier. uint64 goes by its bits, for <paramref name="ordered"/> operations with the sign bit flipped, so that the order stays.</summary>
    public static Node ToCarrier(Node x, bool ordered = false)
    {
        if (x.Type != DType.UInt64)
        {
            return Cast(x, CarrierOf(x.Type));
        }

        Node bits = Bitcast(x, DType.Int64);
        return ordered ? FlipSign(bits) : bits;
    }

    /// <summary>A result in the carrier as the dtype that was carried.</summary>
    public static Node FromCarrier(Node x, DType type, bool ordered = false) =>
        type != DType.UInt64 ? Cast(x, type) : Bitcast(ordered ? FlipSign(x) : x, type);

    /// <summary>The same bits as another dtype of the same size.</summary>
    /// <exception cref="DTypeException">The sizes differ.</exception>
    public static Node Bitcast(Node x, DType type) => x.Type == type ? x : new Node(ConversionMaps.Bitcast, [x], new TargetDType(type));

    // What a primitive says whose operand has not been carried.
    internal static void RequireCarrier(string operation, DType type)
    {
        if (CarrierOf(type) is DType carrier && carrier != type && type is not (DType.Bool or DType.UInt8))
        {
            throw new DTypeException($"{operation}: {type.Name} is computed in {carrier.Name}. Record it through Op, which casts there and back.");
        }
    }

    static Node FlipSign(Node x) => Binary(LogicMaps.Xor, x, Number(DType.Int64, long.MinValue));
}
