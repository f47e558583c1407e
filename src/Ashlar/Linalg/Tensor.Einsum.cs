namespace Ashlar;

/// <content>Einstein's summation.</content>
public sealed partial class Tensor
{
    /// <summary>Products of tensors summed over named axes, as NumPy's einsum: <c>"ij,jk-&gt;ik"</c> is the matrix product.</summary>
    /// <remarks>
    /// <para>A letter names an axis; equal letters run together, and those that are not in the output are summed over. A letter twice in one term takes the diagonal.
    /// <c>...</c> stands for further axes, which broadcast. Without an arrow the output is the ellipsis, then the letters that occur once, in alphabetical order.</para>
    /// <para>Several operands are multiplied in pairs, each time the pair with the smallest result, the first of equals. Sums over one operand's own axes are sums, over two operands' products <see cref="MatMul"/>'s.</para>
    /// </remarks>
    /// <param name="equation">Terms of letters with commas between, and an arrow before the output.</param>
    /// <param name="operands">One tensor for each term, promoted to one dtype.</param>
    /// <exception cref="ShapeException">The equation does not read, or does not fit the operands.</exception>
    /// <exception cref="DTypeException">The dtype has no products.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        Tensor[] given = operands.ToArray();
        EinsumEquation read = EinsumEquation.Parse(equation, [.. given.Select(operand => operand.Shape)]);
        DType type = given.Select(operand => operand.DType).Aggregate(DTypeFacts.Promote);
        List<EinsumOperand> left = [.. given.Select((operand, i) => EinsumOperand.Of(operand.To(type), read.Operands[i], read.Extents))];
        for (int i = 0; i < left.Count; i++)
        {
            left[i] = left[i].Reduced(label => IsNeeded(read, left, label, i, i));
        }

        while (left.Count > 1)
        {
            (int a, int b) = CheapestPair(read, left);
            EinsumOperand product = left[a].Times(left[b], label => IsNeeded(read, left, label, a, b));
            left.RemoveAt(b);
            left[a] = product;
        }

        Tensor result = left[0].Reduced(read.Output.Contains).Aligned(read.Output);
        return result.BroadcastTo(new Shape([.. read.Output.Select(label => read.Extents[label])]));
    }

    // Whether the output or an operand beside these two has the label.
    static bool IsNeeded(EinsumEquation equation, List<EinsumOperand> operands, int label, int a, int b)
    {
        bool needed = equation.Output.Contains(label);
        for (int i = 0; i < operands.Count; i++)
        {
            needed |= i != a && i != b && operands[i].Labels.Contains(label);
        }

        return needed;
    }

    static (int A, int B) CheapestPair(EinsumEquation equation, List<EinsumOperand> operands)
    {
        (int A, int B) best = (0, 1);
        double least = double.PositiveInfinity;
        for (int a = 0; a < operands.Count; a++)
        {
            for (int b = a + 1; b < operands.Count; b++)
            {
                double size = 1;
                foreach (int label in operands[a].Labels.Union(operands[b].Labels))
                {
                    size *= IsNeeded(equation, operands, label, a, b) ? equation.Extents[label] : 1;
                }

                (best, least) = size < least ? ((a, b), size) : (best, least);
            }
        }

        return best;
    }
}
