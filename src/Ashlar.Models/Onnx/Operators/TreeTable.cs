using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Trees as tables: inner nodes first, then leaves, which lead to themselves, so that all trees walk the same number of steps.</summary>
/// <param name="Feature">[nodes] read at each inner node.</param>
/// <param name="Split">[nodes] compared with.</param>
/// <param name="Mode">[nodes]: 0 ≤, 1 &lt;, 2 ≥, 3 &gt;, 4 =, 5 ≠, 6 member.</param>
/// <param name="Yes">[nodes] next where the comparison holds.</param>
/// <param name="No">[nodes] next where not.</param>
/// <param name="MissingHolds">[nodes] whether a NaN counts as holding.</param>
/// <param name="Members">[nodes] the values of a member comparison, null for others.</param>
/// <param name="Roots">[trees].</param>
/// <param name="Depth">Steps from a root to the deepest leaf.</param>
/// <param name="LeafWeights">[nodes, targets], 0 at inner nodes.</param>
/// <param name="Gives">[nodes, targets] whether a leaf gives a weight to a target.</param>
sealed record TreeTable(int[] Feature, double[] Split, int[] Mode, int[] Yes, int[] No, bool[] MissingHolds, double[]?[] Members, int[] Roots, int Depth, double[,] LeafWeights, bool[,] Gives)
{
    /// <summary>How many steps lead to the deepest leaf.</summary>
    /// <exception cref="OnnxException">Nodes lead back to themselves.</exception>
    public static int DepthOf(int[] yes, int[] no, int[] roots)
    {
        var waiting = new Stack<(int Node, int Depth)>(roots.Select(root => (root, 0)));
        int deepest = 0;
        int visits = 0;
        while (waiting.TryPop(out (int Node, int Depth) at))
        {
            deepest = Math.Max(deepest, at.Depth);
            if (visits++ > yes.Length * 2)
            {
                throw new OnnxException("the nodes of a tree lead in a circle. Export the ensemble again.");
            }

            if (yes[at.Node] != at.Node)
            {
                waiting.Push((yes[at.Node], at.Depth + 1));
                waiting.Push((no[at.Node], at.Depth + 1));
            }
        }

        return deepest;
    }

    /// <summary>The leaf that each row reaches in each tree.</summary>
    /// <param name="x">[N, features].</param>
    /// <returns>[N, trees] numbers of nodes.</returns>
    public Tensor Leaves(Tensor x)
    {
        int n = x.Shape[0];
        Tensor at = Tensor.From<int>(Roots, 1, Roots.Length).BroadcastTo(new Shape(n, Roots.Length)).To(DType.Int64);
        (Tensor feature, Tensor split, Tensor mode) = (Tensor.From<int>(Feature, Feature.Length).To(DType.Int64), Tensor.From<double>(Split, Split.Length).To(x.DType), Tensor.From<int>(Mode, Mode.Length));
        (Tensor yes, Tensor no, Tensor missing) = (Tensor.From<int>(Yes, Yes.Length).To(DType.Int64), Tensor.From<int>(No, No.Length).To(DType.Int64), Tensor.From<bool>(MissingHolds, MissingHolds.Length));
        int[] modes = [.. Mode.Distinct().Order()];
        int longest = Members.Max(set => set?.Length ?? 0);
        Tensor? members = longest == 0 ? null : Tensor.From<double>(Members.SelectMany(set => (set ?? []).Concat(Enumerable.Repeat(double.NaN, longest - (set?.Length ?? 0)))).ToArray(), Members.Length, longest).To(x.DType);
        for (int step = 0; step < Depth; step++)
        {
            Tensor value = x.TakeAlongAxis(feature.Take(at, 0), 1);
            Tensor bound = split.Take(at, 0);
            Tensor kind = mode.Take(at, 0);
            Tensor? holds = null;
            foreach (int m in modes)
            {
                Tensor test = m switch
                {
                    0 => value <= bound,
                    1 => value < bound,
                    2 => value >= bound,
                    3 => value > bound,
                    4 => value.EqualTo(bound),
                    5 => value.NotEqualTo(bound),
                    _ => value.Unsqueeze(-1).EqualTo(members!.Take(at, 0)).Any([-1]),
                };
                holds = holds is null ? test : Tensor.Where(kind.EqualTo((long)m), test, holds);
            }

            holds = holds! | (value.IsNaN() & missing.Take(at, 0));
            at = Tensor.Where(holds, yes.Take(at, 0), no.Take(at, 0));
        }

        return at;
    }

    /// <summary>The weights of all trees brought together.</summary>
    /// <param name="x">[N, features].</param>
    /// <param name="aggregate">SUM, AVERAGE, MIN or MAX.</param>
    /// <returns>[N, targets].</returns>
    public Tensor Aggregate(Tensor x, string aggregate)
    {
        Tensor leaves = Leaves(x);
        (int nodes, int targets) = (LeafWeights.GetLength(0), LeafWeights.GetLength(1));
        Tensor weights = Tensor.From<double>(LeafWeights.Cast<double>().ToArray(), nodes, targets).To(x.DType).Take(leaves, 0);   // [N, trees, targets]
        if (aggregate is "SUM" or "AVERAGE")
        {
            Tensor sum = weights.Sum([1]);
            return aggregate == "SUM" ? sum : sum / (double)Roots.Length;
        }

        Tensor gives = Tensor.From<bool>(Gives.Cast<bool>().ToArray(), nodes, targets).Take(leaves, 0);
        double nothing = aggregate == "MIN" ? double.PositiveInfinity : double.NegativeInfinity;
        Tensor counted = Tensor.Where(gives, weights, Tensor.FullLike(weights, nothing));
        Tensor best = aggregate == "MIN" ? counted.Min([1]) : counted.Max([1]);
        return Tensor.Where(gives.Any([1]), best, Tensor.ZerosLike(best));
    }
}
