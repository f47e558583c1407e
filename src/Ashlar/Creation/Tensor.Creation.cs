using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Runtime;
using Ashlar.Scalars;

namespace Ashlar;

/// <content>Creation.</content>
public sealed partial class Tensor
{
    /// <summary>A tensor of given elements in row-major order, copied.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static unsafe Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var extents = new Shape(shape);
        if (extents.Size != values.Length)
        {
            throw new ShapeException($"From: {values.Length} values do not fill {extents}, which has {extents.Size} elements. Give as many values as the shape holds.");
        }

        Storage storage = Storage.Allocate((nint)values.Length * sizeof(T));
        values.CopyTo(new Span<T>(storage.Pointer, values.Length));
        return OfValue(storage, extents, DTypeFacts.Of<T>());
    }

    /// <summary>A tensor of given elements in row-major order, copied.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<int> shape)
        where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>A tensor of raw little-endian bytes in row-major order, copied.</summary>
    /// <exception cref="ShapeException">The shape needs another number of bytes.</exception>
    public static unsafe Tensor FromBytes(ReadOnlySpan<byte> bytes, DType type, Shape shape)
    {
        if (bytes.Length != (long)shape.Size * type.ItemSize)
        {
            throw new ShapeException($"FromBytes: {bytes.Length} bytes are not {type.Name}{shape}, which takes {(long)shape.Size * type.ItemSize}. Give exactly those.");
        }

        Storage storage = Storage.Allocate(bytes.Length);
        bytes.CopyTo(new Span<byte>(storage.Pointer, bytes.Length));
        return OfValue(storage, shape, type);
    }

    /// <summary>A tensor of one number, []. It is a run-time parameter: another number needs no other plan.</summary>
    public static Tensor Scalar(double value, DType type = DType.Float32) =>
        new Tensor(Node.Scalar(type.RealType, ScalarBits.FromDouble(type.RealType, value))).To(type);

    /// <summary>Every element the same.</summary>
    public static Tensor Full(Shape shape, double value, DType type = DType.Float32) =>
        new Tensor(Op.Broadcast(Node.Scalar(type.RealType, ScalarBits.FromDouble(type.RealType, value)), shape)).To(type);

    /// <summary>Every element 0.</summary>
    public static Tensor Zeros(Shape shape, DType type = DType.Float32) => new Tensor(Op.Broadcast(Op.Number(type.RealType, 0), shape)).To(type);

    /// <summary>Every element 1.</summary>
    public static Tensor Ones(Shape shape, DType type = DType.Float32) => new Tensor(Op.Broadcast(Op.Number(type.RealType, 1), shape)).To(type);

    /// <summary>0, 1, …, count - 1; [count], int32.</summary>
    public static Tensor Arange(int count) => new(Op.Iota(new Shape(count), 0));
}
