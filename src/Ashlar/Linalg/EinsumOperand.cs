using Ashlar.Primitives.Contract;

namespace Ashlar;

/// <summary>A tensor with a label for each axis, each label once.</summary>
/// <param name="Values">The values.</param>
/// <param name="Labels">A label for each axis.</param>
sealed record EinsumOperand(Tensor Values, int[] Labels)
{
    /// <summary>An operand as written: repeated labels become diagonals, and an axis of extent 1 that is longer elsewhere is dropped, since it repeats.</summary>
    public static EinsumOperand Of(Tensor values, int[] labels, IReadOnlyDictionary<int, int> extents)
    {
        for (int axis = labels.Length - 1; axis >= 0; axis--)
        {
            if (values.Shape[axis] == 1 && extents[labels[axis]] != 1)
            {
                int kept = axis;
                values = values.Reshape([.. values.Shape.Where((_, i) => i != kept)]);
                labels = [.. labels.Where((_, i) => i != kept)];
            }
        }

        for (int axis = 0; axis < labels.Length; axis++)
        {
            int again = Array.IndexOf(labels, labels[axis], axis + 1);
            if (again > 0)
            {
                int[] others = [.. Enumerable.Range(0, labels.Length).Where(i => i != axis && i != again)];
                values = values.Permute([.. others, axis, again]).Diagonal();
                labels = [.. others.Select(i => labels[i]), labels[axis]];
                axis = -1;
            }
        }

        return new EinsumOperand(values, labels);
    }

    /// <summary>The sum over every label that is not needed any more.</summary>
    public EinsumOperand Reduced(Func<int, bool> needed)
    {
        int[] gone = [.. Enumerable.Range(0, Labels.Length).Where(axis => !needed(Labels[axis]))];
        return gone.Length == 0 ? this : new EinsumOperand(Values.Sum(gone, dtype: Values.DType), [.. Labels.Where(needed)]);
    }

    /// <summary>The product of two, summed over the labels that both have and nothing else needs.</summary>
    public EinsumOperand Times(EinsumOperand other, Func<int, bool> needed)
    {
        int[] summed = [.. Labels.Where(label => other.Labels.Contains(label) && !needed(label))];
        int[] batch = [.. Labels.Where(label => other.Labels.Contains(label) && needed(label))];
        int[] left = [.. Labels.Where(label => !other.Labels.Contains(label))];
        int[] right = [.. other.Labels.Where(label => !Labels.Contains(label))];
        int[] labels = [.. batch, .. left, .. right];
        if (summed.Length == 0)
        {
            return new EinsumOperand(Aligned(labels) * other.Aligned(labels), labels);
        }

        var axes = new DotAttributes(Axes(batch), other.Axes(batch), Axes(summed), other.Axes(summed));
        return new EinsumOperand(Tensor.Contract(Values, other.Values, axes), labels);
    }

    /// <summary>The axes in the order of the labels, with extent 1 for a label that is not there.</summary>
    public Tensor Aligned(int[] labels)
    {
        int[] own = [.. labels.Where(Labels.Contains)];
        Tensor moved = Values.Permute(Axes(own));
        return moved.Reshape([.. labels.Select(label => Labels.Contains(label) ? Values.Shape[Array.IndexOf(Labels, label)] : 1)]);
    }

    int[] Axes(int[] labels) => [.. labels.Select(label => Array.IndexOf(Labels, label))];
}
