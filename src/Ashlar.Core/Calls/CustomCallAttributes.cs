using Ashlar.Ir;

namespace Ashlar.Calls;

/// <summary>A call of a user's kernel: which, and over which batches.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="batches">For each batch, outermost first, which inputs have it as their first axis.</param>
public sealed class CustomCallAttributes(CustomKernel kernel, bool[][] batches) : Attributes
{
    /// <summary>The kernel.</summary>
    public CustomKernel Kernel => kernel;

    /// <summary>For each batch, outermost first, which inputs have it as their first axis.</summary>
    public bool[][] Batches => batches;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(kernel.Number);
        key.Write(batches.Length);
        foreach (bool[] batched in batches)
        {
            key.Write(batched.Length);
            foreach (bool flag in batched)
            {
                key.Write(flag ? 1 : 0);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => kernel.Name;

    /// <summary>The extents of the batches, and the shapes of one example.</summary>
    internal (int[] Extents, Shape[] Examples) Cut(ReadOnlySpan<Node> inputs)
    {
        var extents = new int[batches.Length];
        var examples = new Shape[inputs.Length];
        for (int i = 0; i < examples.Length; i++)
        {
            int axes = 0;
            for (int level = 0; level < extents.Length; level++)
            {
                if (batches[level][i])
                {
                    extents[level] = inputs[i].Shape[axes++];
                }
            }

            examples[i] = new Shape(inputs[i].Shape.Extents[axes..]);
        }

        return (extents, examples);
    }
}
