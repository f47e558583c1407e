using System.Buffers;
using Ashlar.Runtime;
using Ashlar.Schedule;

namespace Ashlar;

/// <content>Memory shared with the rest of a program, without a copy.</content>
public sealed partial class Tensor
{
    /// <summary>A tensor over memory of the caller, row-major: nothing is copied.</summary>
    /// <param name="memory">An array, or any memory that can be pinned. It is pinned as long as the tensor or a recorded operation refers to it, and must not change meanwhile.</param>
    /// <param name="shape">The extents.</param>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static unsafe Tensor Wrap<T>(Memory<T> memory, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var extents = new Shape(shape);
        if (extents.Size != memory.Length)
        {
            throw new ShapeException($"Wrap: {memory.Length} values do not fill {extents}, which has {extents.Size} elements. Give as many values as the shape holds.");
        }

        DType type = DTypeFacts.Of<T>();
        MemoryHandle handle = memory.Pin();
        return Wrap(handle.Pointer, extents, type, handle.Dispose);
    }

    /// <summary>The elements in row-major order, computed if they were not, where they lie: nothing is copied, but for a variable, whose memory its next step overwrites.</summary>
    /// <returns>Read-only memory that keeps the value alive. Hold on to it as long as a span of it is used.</returns>
    /// <exception cref="DTypeException">The dtype holds no <typeparamref name="T"/>.</exception>
    public unsafe ReadOnlyMemory<T> AsMemory<T>()
        where T : unmanaged
    {
        if (Recorded.Variable is not null)
        {
            return ToArray<T>();
        }

        if (DTypeFacts.Of<T>() != DType)
        {
            throw new DTypeException($"Read: the tensor is {DType.Name}, its elements are no {typeof(T).Name}. Cast it with To({DTypeFacts.Of<T>()}) first.");
        }

        return new StorageMemory<T>(Evaluator.Value(Recorded), Size).Memory;
    }

    /// <summary>A tensor over memory that is released when nothing refers to it any more.</summary>
    internal static unsafe Tensor Wrap(void* pointer, Shape shape, DType type, Action release)
    {
        if (shape.Size == 0)
        {
            release();
            return Zeros(shape, type);
        }

        Storage storage = Storage.External((byte*)pointer, (nint)shape.Size * type.ItemSize, release);
        return OfValue(storage, shape, type);
    }
}
