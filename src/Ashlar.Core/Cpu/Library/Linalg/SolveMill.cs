using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Elimination and substitution, without copies between them.</summary>
sealed unsafe class SolveMill<T, TLane> : IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    static readonly TriangularAttributes Lower = new(lower: true, transposed: false, unitDiagonal: true);
    static readonly TriangularAttributes Upper = new(lower: false, transposed: false, unitDiagonal: false);

    readonly LuMill<T, TLane> _lu = new();
    readonly TriangularMill<T, TLane> _triangular = new();

    public void Run(MatrixTask<T> task, WorkerPool? pool)
    {
        (int n, int columns) = (task.Rows, task.RightColumns);
        Span<T> packed = task.Scratch[..((n * n) + n + 1)];
        _lu.Run(new MatrixTask<T> { A = task.A, Result = packed, Rows = n, Columns = n }, pool);
        SolvePrimitive.TakeRows(task, packed.Slice(n * n, n));
        var a = new MatrixPart<T>((T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(packed)), n, n, n);
        var x = new MatrixPart<T>((T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.Result)), n, columns, columns);
        if (!_triangular.Solve(a, x, Lower, pool) || !_triangular.Solve(a, x, Upper, pool))
        {
            task.Result.Fill(T.NaN);
        }
    }
}
