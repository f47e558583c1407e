using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>Logic on bool and on the bits of integers, and the choice between two values.</summary>
public static class LogicMaps
{
    /// <summary>a and b, bit by bit.</summary>
    public static readonly MapPrimitive And = new("And", 2, DTypeSet.Logic, (x, _) => x[0] & x[1], (_, _) => [null, null], "And");

    /// <summary>a or b, bit by bit.</summary>
    public static readonly MapPrimitive Or = new("Or", 2, DTypeSet.Logic, (x, _) => x[0] | x[1], (_, _) => [null, null], "Or");

    /// <summary>Either but not both, bit by bit.</summary>
    public static readonly MapPrimitive Xor = new("Xor", 2, DTypeSet.Logic, (x, _) => x[0] ^ x[1], (_, _) => [null, null], "Xor");

    /// <summary>The complement.</summary>
    public static readonly MapPrimitive Not = new("Not", 1, DTypeSet.Logic, (x, _) => ~x[0], (_, _) => [null], "Not");

    /// <summary>The bits moved towards the lowest, zeros in from above; the count is an attribute.</summary>
    public static readonly MapPrimitive ShiftRight = new("ShiftRight", 1, DTypeSet.Integer, (x, a) => x[0] >>> ((ShiftCount)a!).Count, (_, _) => [null], "BitShift");

    /// <summary>condition ? a : b, with a bool condition.</summary>
    public static readonly MapPrimitive Where = new("Where", DTypeSet.All, (x, _) => Scalar.Select(x[0], x[1], x[2]),
        [null, (n, dy) => Op.Where(n.Inputs[0], dy, Op.Number(dy, 0)), (n, dy) => Op.Where(n.Inputs[0], Op.Number(dy, 0), dy)], "Where", knowsHalves: true);
}
