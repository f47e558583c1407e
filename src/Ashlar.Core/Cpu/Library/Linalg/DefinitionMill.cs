using System.Numerics;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Runs a primitive's own definition.</summary>
sealed class DefinitionMill<T>(MatrixPrimitive primitive) : IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(MatrixTask<T> task, WorkerPool? pool) => primitive.Compute(task);
}
