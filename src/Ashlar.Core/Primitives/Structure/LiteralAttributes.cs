using System.Globalization;
using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Structure;

/// <summary>The number of a literal.</summary>
/// <param name="type">Its dtype.</param>
/// <param name="bits">Its bits, zero-extended.</param>
public sealed class LiteralAttributes(DType type, long bits) : Attributes
{
    /// <summary>Its dtype.</summary>
    public DType Type { get; } = type;

    /// <summary>Its bits, zero-extended.</summary>
    public long Bits { get; } = bits;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write((int)Type);
        key.Write(Bits);
    }

    /// <inheritdoc/>
    public override string ToString() => ScalarBits.ToDouble(Type, Bits).ToString("R", CultureInfo.InvariantCulture);
}
