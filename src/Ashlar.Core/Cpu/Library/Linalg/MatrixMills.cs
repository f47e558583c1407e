using System.Numerics;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Which mill computes which primitive.</summary>
static class MatrixMills
{
    /// <param name="primitive">What to compute.</param>
    /// <param name="wide">Whether registers have 512 bits, else 256.</param>
    public static IMatrixMill<T> Of<T>(MatrixPrimitive primitive, bool wide)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => wide ? Of<T, Lane512<T>>(primitive) : Of<T, Lane256<T>>(primitive);

    static IMatrixMill<T> Of<T, TLane>(MatrixPrimitive primitive)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T> => primitive switch
        {
            CholeskyPrimitive => new CholeskyMill<T, TLane>(),
            LuPrimitive => new LuMill<T, TLane>(),
            SolvePrimitive => new SolveMill<T, TLane>(),
            TriangularSolvePrimitive => new TriangularMill<T, TLane>(),
            _ => new DefinitionMill<T, TLane>(primitive),
        };
}
