using Ashlar.Scalars;

namespace Ashlar.Kernels;

/// <summary>The one form of elementwise work: a scalar program over a space, with affine operands. Every executor takes it.</summary>
sealed class LoopNest
{
    LoopNest(ScalarProgram program, int[] extents, Operand[] inputs, Operand[] outputs)
    {
        Program = program;
        Extents = extents;
        Inputs = inputs;
        Outputs = outputs;
        Size = Space.Size(extents);
    }

    /// <summary>What is done to each element.</summary>
    public ScalarProgram Program { get; }

    /// <summary>The space, outermost axis first; neighbouring axes that every operand walks as one are one.</summary>
    public int[] Extents { get; }

    /// <summary>The program's arguments.</summary>
    public Operand[] Inputs { get; }

    /// <summary>The program's results.</summary>
    public Operand[] Outputs { get; }

    /// <summary>Number of elements.</summary>
    public int Size { get; }

    /// <summary>Makes the nest of a space without axes of extent 1, merging what can be merged. Flat places stay what they were.</summary>
    public static LoopNest Create(ScalarProgram program, ReadOnlySpan<int> extents, ReadOnlySpan<Operand> inputs, ReadOnlySpan<Operand> outputs)
    {
        Operand[] all = [.. inputs, .. outputs];
        var merged = new List<int>();
        var kept = new List<int>();
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            bool joins = merged.Count > 0;
            foreach (Operand operand in all)
            {
                joins = joins && operand.Strides[axis] == operand.Strides[kept[^1]] * merged[^1];
            }

            if (joins)
            {
                merged[^1] *= extents[axis];
            }
            else
            {
                merged.Add(extents[axis]);
                kept.Add(axis);
            }
        }

        merged.Reverse();
        kept.Reverse();
        for (int i = 0; i < all.Length; i++)
        {
            Operand operand = all[i];
            all[i] = operand with { Strides = [.. kept.Select(axis => operand.Strides[axis])] };
        }

        return new LoopNest(program, [.. merged], all[..inputs.Length], all[inputs.Length..]);
    }
}
