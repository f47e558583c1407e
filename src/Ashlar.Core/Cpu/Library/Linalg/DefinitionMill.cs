using System.Numerics;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Runs a primitive's own definition with faster steps.</summary>
sealed class DefinitionMill<T, TLane>(MatrixPrimitive primitive) : IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    readonly VectorSteps<T, TLane> _steps = new();

    public void Run(MatrixTask<T> task, WorkerPool? pool)
    {
        _steps.Pool = pool;
        primitive.Compute(task.With(_steps));
    }
}
