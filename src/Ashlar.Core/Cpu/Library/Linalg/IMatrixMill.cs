using System.Numerics;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Computes one matrix after another, with the bits of a primitive's definition.</summary>
/// <typeparam name="T">float or double.</typeparam>
interface IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes all of the task's result.</summary>
    /// <param name="task">The matrix; its memory does not move.</param>
    /// <param name="pool">Who may help with this one matrix, or null.</param>
    void Run(MatrixTask<T> task, WorkerPool? pool);
}
