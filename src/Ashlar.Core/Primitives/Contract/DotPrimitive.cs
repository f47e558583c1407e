using Ashlar.Ir;
using Ashlar.Reference;

namespace Ashlar.Primitives.Contract;

/// <summary>The general matrix product. The result's axes are the batch axes, the left operand's free axes, then the right's.</summary>
public sealed class DotPrimitive : Primitive
{
    DotPrimitive()
        : base("Dot")
    {
    }

    /// <summary>The one instance.</summary>
    public static DotPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override Lowering Lowering => Lowering.Dot;

    /// <inheritdoc/>
    public override string? OnnxName => "MatMul";

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var dot = (DotAttributes)attributes!;
        (Node a, Node b) = (inputs[0], inputs[1]);
        Op.RequireCarrier("MatMul", a.Type);
        if (a.Type != b.Type || a.Type is DType.Bool or DType.UInt8)
        {
            throw new DTypeException($"MatMul: {a.Type.Name} x {b.Type.Name} is not defined. Cast both to one of int32, int64, float32 or float64.");
        }

        Paired(a, b, dot.BatchA, dot.BatchB, "batch extents");
        Paired(a, b, dot.ContractA, dot.ContractB, "inner extents");
        Span<int> extents = stackalloc int[a.Shape.Rank + b.Shape.Rank];
        int rank = 0;
        foreach (int axis in dot.BatchA)
        {
            extents[rank++] = a.Shape[axis];
        }

        for (int axis = 0; axis < a.Shape.Rank; axis++)
        {
            if (dot.IsFreeInA(axis))
            {
                extents[rank++] = a.Shape[axis];
            }
        }

        for (int axis = 0; axis < b.Shape.Rank; axis++)
        {
            if (dot.IsFreeInB(axis))
            {
                extents[rank++] = b.Shape[axis];
            }
        }

        return (new Shape(extents[..rank]), a.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        var dot = (DotAttributes)node.Attributes!;
        (Node a, Node b) = (node.Inputs[0], node.Inputs[1]);
        int[] freeA = dot.FreeA(a.Shape.Rank);
        int[] freeB = dot.FreeB(b.Shape.Rank);
        int batch = dot.BatchA.Length;
        int[] batches = Range(0, batch);

        // dA[batch, freeA, k] = Σ over freeB of dY[batch, freeA, freeB] · B[batch, k, freeB], then the axes go back to their places.
        Node da = new(this, [cotangent, b], new DotAttributes(batches, dot.BatchB.ToArray(), Range(batch + freeA.Length, freeB.Length), freeB));
        Node db = new(this, [cotangent, a], new DotAttributes(batches, dot.BatchA.ToArray(), Range(batch, freeA.Length), freeA));
        return
        [
            Op.Permute(da, Places(a.Shape.Rank, [.. dot.BatchA, .. freeA, .. Sorted(dot.ContractA, dot.ContractB)])),
            Op.Permute(db, Places(b.Shape.Rank, [.. dot.BatchB, .. freeB, .. Sorted(dot.ContractB, dot.ContractA)])),
        ];
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var dot = (DotAttributes)node.Attributes!;
        int[] batchA = Shifted(dot.BatchA, batched[0]);
        int[] batchB = Shifted(dot.BatchB, batched[1]);
        int[] contractA = Shifted(dot.ContractA, batched[0]);
        int[] contractB = Shifted(dot.ContractB, batched[1]);
        if (batched[0] && batched[1])
        {
            return new Node(this, inputs, new DotAttributes([0, .. batchA], [0, .. batchB], contractA, contractB));
        }

        // One side only: the batch is a free axis, which stands behind the batch axes and, from the right, behind the left's free axes.
        var result = new Node(this, inputs, new DotAttributes(batchA, batchB, contractA, contractB));
        int place = batched[0] ? batchA.Length : node.Shape.Rank - dot.FreeB(node.Inputs[1].Shape.Rank).Length;
        return Op.Permute(result, [place, .. Enumerable.Range(0, result.Shape.Rank).Where(axis => axis != place)]);
    }

    /// <inheritdoc/>
    public override void Evaluate(Node node, ReadOnlySpan<HostArray> inputs, HostArray result)
    {
        var dot = (DotAttributes)node.Attributes!;
        Shape a = inputs[0].Shape;
        Shape b = inputs[1].Shape;
        int[] ownA = [.. dot.BatchA, .. dot.FreeA(a.Rank)];
        int[] ownB = [.. dot.BatchB, .. dot.FreeB(b.Rank)];
        int[] batchStridesB = Pick(b.Strides(), ownB);
        int[] stridesA = Pick(a.Strides(), ownA);
        int[] depthA = Pick(a.Strides(), dot.ContractA);
        int[] depthB = Pick(b.Strides(), dot.ContractB);
        var depth = new Shape(Pick([.. a], dot.ContractA));
        int batch = dot.BatchA.Length;
        var left = new long[depth.Size];
        var right = new long[depth.Size];
        foreach ((int place, int[] at) in Coordinates.Of(result.Shape))
        {
            int baseA = 0;
            for (int i = 0; i < ownA.Length; i++)
            {
                baseA += at[i] * stridesA[i];
            }

            int baseB = 0;
            for (int i = 0; i < ownB.Length; i++)
            {
                baseB += at[i < batch ? i : ownA.Length + i - batch] * batchStridesB[i];
            }

            foreach ((int k, int[] inner) in Coordinates.Of(depth))
            {
                left[k] = inputs[0][baseA + Inner(inner, depthA)];
                right[k] = inputs[1][baseB + Inner(inner, depthB)];
            }

            result[place] = ContractionLaw.Dot(result.Type, left, right);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        var dot = (DotAttributes)node.Attributes!;
        long depth = 2;
        foreach (int axis in dot.ContractA)
        {
            depth *= node.Inputs[0].Shape[axis];
        }

        return depth * node.Shape.Size;
    }

    static void Paired(Node a, Node b, ReadOnlySpan<int> axesA, ReadOnlySpan<int> axesB, string what)
    {
        for (int i = 0; i < axesA.Length; i++)
        {
            int x = a.Shape[axesA[i]];
            int y = b.Shape[axesB[i]];
            if (x != y)
            {
                throw new ShapeException($"MatMul: {what} differ: {a.Shape} x {b.Shape} ({x} against {y}). Transpose the right operand or check the input features of Linear.");
            }
        }
    }

    static int Inner(int[] at, int[] strides)
    {
        int offset = 0;
        for (int i = 0; i < at.Length; i++)
        {
            offset += at[i] * strides[i];
        }

        return offset;
    }

    static int[] Pick(int[] values, ReadOnlySpan<int> axes)
    {
        var picked = new int[axes.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[axes[i]];
        }

        return picked;
    }

    static int[] Range(int start, int count) => [.. Enumerable.Range(start, count)];

    static int[] Shifted(ReadOnlySpan<int> axes, bool batched) => batched ? Batching.Shift(axes) : axes.ToArray();

    // The gradient lists the other operand's contracted axes as free axes, in ascending order of that operand.
    static int[] Sorted(ReadOnlySpan<int> own, ReadOnlySpan<int> partner)
    {
        int[] keys = partner.ToArray();
        int[] values = own.ToArray();
        Array.Sort(keys, values);
        return values;
    }

    static int[] Places(int rank, int[] order)
    {
        var places = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            places[order[i]] = i;
        }

        return places;
    }
}
