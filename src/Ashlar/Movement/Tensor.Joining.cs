using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Tensors joined and cut apart.</content>
public sealed partial class Tensor
{
    /// <summary>The tensors one after the other along an axis, in the dtype that they promote to.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="axis">Which, negative from the back.</param>
    /// <exception cref="ShapeException">Other extents differ, the axis does not exist, or nothing is given.</exception>
    public static Tensor Concat(ReadOnlySpan<Tensor> parts, int axis = 0)
    {
        if (parts.IsEmpty)
        {
            throw new ShapeException("Concat: no tensor is given, so the result has no shape. Give at least one.");
        }

        DType type = parts[0].DType;
        foreach (Tensor part in parts)
        {
            type = DTypeFacts.Promote(type, part.DType);
        }

        if (type.IsComplex)
        {
            Tensor[] all = parts.ToArray();
            return Complex(Concat(Array.ConvertAll(all, part => part.Real), axis), Concat(Array.ConvertAll(all, part => part.Imag), axis));
        }

        var nodes = new Node[parts.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Op.Cast(parts[i].Node, type);
        }

        return new Tensor(Op.Concat(nodes, parts[0].Shape.Axis(axis, "Concat")));
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <param name="parts">At least one.</param>
    /// <param name="axis">Place of the new axis in the result, from -rank - 1 to rank.</param>
    /// <exception cref="ShapeException">The shapes differ, the place does not exist, or nothing is given.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> parts, int axis = 0)
    {
        var rows = new Tensor[parts.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = parts[i].Shape.Equals(parts[0].Shape)
                ? parts[i].Unsqueeze(axis)
                : throw new ShapeException($"Stack: tensor {i} is {parts[i].Shape}, the first is {parts[0].Shape}. Give tensors of one shape, or use Concat.");
        }

        return rows.Length == 0
            ? throw new ShapeException("Stack: no tensor is given, so the result has no shape. Give at least one.")
            : Concat(rows, axis < 0 ? axis + rows[0].Rank : axis);
    }

    /// <summary>The slices along an axis, each without it.</summary>
    /// <param name="axis">Which, negative from the back.</param>
    /// <returns>As many tensors as the axis has positions.</returns>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor[] Unstack(int axis = 0)
    {
        int place = Shape.Axis(axis, "Unstack");
        var slices = new Tensor[Shape[place]];
        for (int i = 0; i < slices.Length; i++)
        {
            slices[i] = Slice(place, i, 1).Squeeze(place);
        }

        return slices;
    }

    /// <summary>Consecutive pieces of given extents along an axis.</summary>
    /// <param name="extents">Their extents; the sum is that of the axis.</param>
    /// <param name="axis">Which, negative from the back.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the extents do not add up to its own.</exception>
    public Tensor[] Split(ReadOnlySpan<int> extents, int axis = 0)
    {
        int place = Shape.Axis(axis, "Split");
        long sum = 0;
        bool negative = false;
        foreach (int extent in extents)
        {
            sum += extent;
            negative |= extent < 0;
        }

        if (negative || sum != Shape[place])
        {
            throw new ShapeException($"Split: pieces of [{string.Join(", ", extents.ToArray())}] are not the {Shape[place]} positions of axis {place} of {Shape}. Give extents ≥ 0 that add up to it.");
        }

        var pieces = new Tensor[extents.Length];
        int start = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = Slice(place, start, extents[i]);
            start += extents[i];
        }

        return pieces;
    }

    /// <summary>Consecutive pieces of one extent along an axis; the last may be shorter.</summary>
    /// <param name="extent">Of a piece, at least 1.</param>
    /// <param name="axis">Which, negative from the back.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the extent is below 1.</exception>
    public Tensor[] Split(int extent, int axis = 0)
    {
        int place = Shape.Axis(axis, "Split");
        if (extent < 1)
        {
            throw new ShapeException($"Split: pieces of extent {extent} never fill axis {place} of {Shape}. Take 1 or more.");
        }

        var extents = new int[((long)Shape[place] + extent - 1) / extent];
        extents.AsSpan().Fill(extent);
        if (extents.Length > 0)
        {
            extents[^1] = Shape[place] - (extent * (extents.Length - 1));
        }

        return Split(extents, place);
    }

    /// <summary>At most <paramref name="count"/> consecutive pieces along an axis, equal but for the last (as PyTorch's chunk).</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="axis">Which, negative from the back.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the count is below 1.</exception>
    public Tensor[] Chunk(int count, int axis = 0)
    {
        int place = Shape.Axis(axis, "Chunk");
        return count < 1
            ? throw new ShapeException($"Chunk: {count} pieces of axis {place} of {Shape}. Take 1 or more.")
            : Split(Math.Max(1, (int)(((long)Shape[place] + count - 1) / count)), place);
    }

    /// <summary>The tensors broadcast to each other's shape.</summary>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    public static Tensor[] BroadcastTensors(params ReadOnlySpan<Tensor> tensors)
    {
        Shape shape = Shape.Scalar;
        foreach (Tensor tensor in tensors)
        {
            shape = Shape.Broadcast(shape, tensor.Shape, "BroadcastTensors");
        }

        var results = new Tensor[tensors.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = tensors[i].BroadcastTo(shape);
        }

        return results;
    }

    /// <summary>The tensors one below the other: vectors become rows [1, n], then along axis 0.</summary>
    /// <exception cref="ShapeException">Other extents differ.</exception>
    public static Tensor VStack(params ReadOnlySpan<Tensor> parts)
    {
        var rows = new Tensor[parts.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = parts[i].Rank < 2 ? parts[i].Reshape(1, parts[i].Size) : parts[i];
        }

        return Concat(rows, 0);
    }

    /// <summary>The tensors beside each other: along axis 1, vectors along their only axis.</summary>
    /// <exception cref="ShapeException">Other extents differ.</exception>
    public static Tensor HStack(params ReadOnlySpan<Tensor> parts)
    {
        var columns = new Tensor[parts.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = parts[i].Rank == 0 ? parts[i].Reshape(1) : parts[i];
        }

        return Concat(columns, columns.Length > 0 && columns[0].Rank > 1 ? 1 : 0);
    }
}
