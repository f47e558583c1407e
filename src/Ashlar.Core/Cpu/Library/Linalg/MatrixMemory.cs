using System.Runtime.CompilerServices;
using Ashlar.Cpu.Contraction;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Rows of working matrices, and moving whole matrices.</summary>
static unsafe class MatrixMemory
{
    /// <summary>Elements from one row to the next of a working matrix: at least one widest register beyond the columns, and no multiple of a page.</summary>
    public static int Step(int columns) => MatrixView<float>.StepOf(columns);

    /// <summary>to[j, i] = from[i, j].</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose<T>(T* from, nint fromStep, int rows, int columns, T* to, nint toStep)
        where T : unmanaged
    {
        int side = BlockTranspose.Side<T>();
        int i = 0;
        if (columns >= side)
        {
            int* offsets = stackalloc int[8];
            for (int k = 0; k < side; k++)
            {
                offsets[k] = (int)(k * fromStep);
            }

            for (; i <= rows - side; i += side)
            {
                BlockTranspose.Run(from + (i * fromStep), offsets, columns, to + i, (int)toStep);
            }
        }

        for (; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                to[(j * toStep) + i] = from[(i * fromStep) + j];
            }
        }
    }
}
