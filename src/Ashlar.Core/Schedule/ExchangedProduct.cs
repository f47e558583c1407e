using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Movement;

namespace Ashlar.Schedule;

/// <summary>A product that is only read with its operands' axes exchanged is computed that way round: its result then needs no copy. Each element is the same sum.</summary>
static class ExchangedProduct
{
    /// <param name="permute">A node that permutes axes, or any other.</param>
    /// <param name="product">Its operand as the plan has it.</param>
    /// <returns>The operands and attributes of the product that stands for both; null if there is none.</returns>
    public static (Node[] Inputs, Attributes Attributes)? Of(Node permute, Node product)
    {
        if (permute.Primitive is not PermutePrimitive || product.Primitive.Lowering is not (Lowering.Dot or Lowering.Conv))
        {
            return null;
        }

        int rank = product.Shape.Rank;
        int[] axes = [.. ((Axes)permute.Attributes!).Values];
        for (int i = 0; i < rank; i++)
        {
            axes[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
        }

        (Node a, Node b) = (product.Inputs[0], product.Inputs[1]);
        if (product.Attributes is ConvAttributes conv)
        {
            return axes.AsSpan().SequenceEqual([1, 0, .. Enumerable.Range(2, rank - 2)]) ? ([a, b], conv.Exchanged()) : null;
        }

        var dot = (DotAttributes)product.Attributes!;
        int batch = dot.BatchA.Length;
        int rows = dot.FreeA(a.Shape.Rank).Length;
        int[] exchanged = [.. Enumerable.Range(0, batch), .. Enumerable.Range(batch + rows, rank - batch - rows), .. Enumerable.Range(batch, rows)];
        return axes.AsSpan().SequenceEqual(exchanged)
            ? ([b, a], new DotAttributes([.. dot.BatchB], [.. dot.BatchA], [.. dot.ContractB], [.. dot.ContractA]))
            : null;
    }
}
