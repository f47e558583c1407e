using Ashlar.Ir;

namespace Ashlar.Primitives;

/// <summary>What the vmap rules share: a batch is always axis 0.</summary>
static class Batching
{
    public static int Extent(ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (batched[i])
            {
                return inputs[i].Shape[0];
            }
        }

        throw new ArgumentException("Vmap: no operand is batched. Batch at least one.");
    }

    public static Node Batch(Node input, int extent)
    {
        Node row = Op.Reshape(input, [1, .. input.Shape]);
        return Op.Expand(row, [extent, .. input.Shape]);
    }

    public static Node[] BatchAll(ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        int extent = Extent(inputs, batched);
        var all = new Node[inputs.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = batched[i] ? inputs[i] : Batch(inputs[i], extent);
        }

        return all;
    }

    // Axes of the unbatched operation, moved behind the batch.
    public static int[] Shift(ReadOnlySpan<int> axes)
    {
        int[] shifted = axes.ToArray();
        for (int i = 0; i < shifted.Length; i++)
        {
            shifted[i]++;
        }

        return shifted;
    }
}
