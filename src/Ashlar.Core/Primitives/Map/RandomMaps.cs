using Ashlar.Randomness;

namespace Ashlar.Primitives.Map;

/// <summary>Random bits as a function of key and counter: no state, so neither order nor worker count matters.</summary>
public static class RandomMaps
{
    /// <summary>The first word of Threefry2x32-20 under key (x₀, x₁) at counter (x₂, x₃); int32.</summary>
    /// <remarks>Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".</remarks>
    public static readonly MapPrimitive RandomBits = new("RandomBits", 4, DTypeSet.Of(DType.Int32),
        (x, _) => Threefry.Of(x[0], x[1], x[2], x[3]).Word0, (_, _) => [null, null, null, null]);
}
