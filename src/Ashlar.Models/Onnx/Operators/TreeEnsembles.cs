using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Ensembles of decision trees in their old and new forms.</summary>
static class TreeEnsembles
{
    static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    public static Results Regress(OperatorCall c)
    {
        TreeTable trees = Old(c, "target", c.Int("n_targets", 1));
        Tensor y = trees.Aggregate(Features(c), c.Text("aggregate_function", "SUM")) + Base(c);
        return Scores.Transform(y.To(DType.Float32), c.Text("post_transform", "NONE"));
    }

    public static Results Classify(OperatorCall c)
    {
        int classes = Scores.Classes(c, "classlabels_int64s");
        long[] ids = c.Attributes.Ints("class_ids")!;
        TreeTable trees = Old(c, "class", classes);
        string transform = c.Text("post_transform", "NONE");
        Tensor scores = trees.Aggregate(Features(c), "SUM").To(DType.Float32);
        if (classes == 2 && ids.Distinct().Count() == 1)
        {
            // Both classes from the score of one: positive weights are a probability, others are centred at 0.
            bool positive = Numbers(c, "class_weights").All(weight => weight >= 0);
            Tensor one = scores.Slice(1, (int)ids[0], 1) + (Base(c).Size > 1 ? Base(c).Slice(0, (int)ids[0], 1) : Base(c));
            Tensor place = (one > (positive ? 0.5 : 0.0)).To(DType.Int64).Reshape(-1);
            Tensor both = transform == "LOGISTIC" ? Tensor.Concat([(-one).Sigmoid(), one.Sigmoid()], 1)
                : positive ? Tensor.Concat([1.0 - one, one], 1)
                : Tensor.Concat([-one, one], 1);
            return new Results(Scores.Labels(c, place, "classlabels_int64s"), transform == "LOGISTIC" ? both : Scores.Transform(both, transform));
        }

        scores += Base(c);
        return new Results(Scores.Labels(c, scores.ArgMax(1), "classlabels_int64s"), Scores.Transform(scores, transform));
    }

    public static Results Run(OperatorCall c)
    {
        OperatorAttributes a = c.Attributes;
        int[] feature = c.Ints("nodes_featureids")!;
        int nodes = feature.Length;
        double[] leafWeights = Values(a.Constant("leaf_weights"));
        int[] targets = c.Ints("leaf_targetids")!;
        int leaves = leafWeights.Length;
        int[] mode = [.. Values(a.Constant("nodes_modes")).Select(m => (int)m)];
        int[] next = [.. Enumerable.Range(0, leaves).Select(leaf => nodes + leaf)];
        int[] Next(string id, string flag) => [.. c.Ints(id)!.Zip(c.Ints(flag)!, (to, isLeaf) => isLeaf != 0 ? nodes + to : to), .. next];
        (int[] yes, int[] no) = (Next("nodes_truenodeids", "nodes_trueleafs"), Next("nodes_falsenodeids", "nodes_falseleafs"));
        int[] missing = c.Ints("nodes_missing_value_tracks_true") ?? new int[nodes];
        var weights = new double[nodes + leaves, c.Int("n_targets", 1)];
        var gives = new bool[nodes + leaves, c.Int("n_targets", 1)];
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            (weights[nodes + leaf, targets[leaf]], gives[nodes + leaf, targets[leaf]]) = (leafWeights[leaf], true);
        }

        int[] roots = c.Ints("tree_roots")!;
        var trees = new TreeTable([.. feature, .. new int[leaves]], [.. Values(a.Constant("nodes_splits")), .. new double[leaves]], [.. mode, .. new int[leaves]], yes, no,
            [.. missing.Select(flag => flag != 0), .. new bool[leaves]], Members(mode, Values(a.Constant("membership_values")), leaves), roots, TreeTable.DepthOf(yes, no, roots), weights, gives);
        Tensor y = trees.Aggregate(c[0].DType == DType.Float16 ? c[0].To(DType.Float32) : c[0], c.Int("aggregate_function", 1) switch { 0 => "AVERAGE", 2 => "MIN", 3 => "MAX", _ => "SUM" });
        string transform = c.Int("post_transform", 0) switch { 1 => "SOFTMAX", 2 => "LOGISTIC", 3 => "SOFTMAX_ZERO", 4 => "PROBIT", _ => "NONE" };
        return Scores.Transform(y, transform).To(c[0].DType);
    }

    // Sets stand one after the other, each closed by a NaN, one for each member node in order.
    static double[]?[] Members(int[] mode, double[] values, int leaves)
    {
        var sets = new double[]?[mode.Length + leaves];
        int at = 0;
        for (int node = 0; node < mode.Length; node++)
        {
            if (mode[node] == 6)
            {
                int end = Array.FindIndex(values, at, double.IsNaN);
                sets[node] = values[at..(end < 0 ? values.Length : end)];
                at = end < 0 ? values.Length : end + 1;
            }
        }

        return sets;
    }

    static Tensor Features(OperatorCall c)
    {
        Tensor x = c[0].DType == DType.Float64 ? c[0] : c[0].To(DType.Float32);
        return x.Rank == 1 ? x.Unsqueeze(0) : x;
    }

    static double[] Values(OnnxValue? tensor) => tensor is OnnxTensor found ? found.Tensor.To(DType.Float64).ToArray<double>() : [];

    static double[] Numbers(OperatorCall c, string name) => c.Attributes.Constant(name + "_as_tensor") is { } tensor ? Values(tensor) : [.. (c.Attributes.Floats(name) ?? []).Select(number => (double)number)];

    static Tensor Base(OperatorCall c) => Numbers(c, "base_values") is { Length: > 0 } numbers ? Tensor.From<double>(numbers, numbers.Length).To(DType.Float32) : Tensor.Scalar(0);

    // The old form names nodes by tree and number and gives weights in lists of their own.
    static TreeTable Old(OperatorCall c, string kind, int targets)
    {
        int[] tree = c.Ints("nodes_treeids")!;
        int[] number = c.Ints("nodes_nodeids")!;
        string[] mode = c.Attributes.Texts("nodes_modes")!;
        var places = new Dictionary<(int Tree, int Node), int>();
        for (int i = 0; i < tree.Length; i++)
        {
            places[(tree[i], number[i])] = i;
        }

        int[] Next(string name) => [.. c.Ints(name)!.Select((to, i) => mode[i] == "LEAF" ? i : places.TryGetValue((tree[i], to), out int place) ? place : throw OperatorCall.Fault($"node {number[i]} of tree {tree[i]} leads to node {to}, which is not there. Export the ensemble again."))];
        (int[] yes, int[] no) = (Next("nodes_truenodeids"), Next("nodes_falsenodeids"));
        var reached = new HashSet<int>(yes.Concat(no).Where((to, i) => to != i % tree.Length));
        int[] roots = [.. Enumerable.Range(0, tree.Length).Where(i => !reached.Contains(i))];
        var weights = new double[tree.Length, targets];
        var gives = new bool[tree.Length, targets];
        int[] ofTree = c.Ints($"{kind}_treeids")!;
        int[] ofNode = c.Ints($"{kind}_nodeids")!;
        int[] ids = c.Ints($"{kind}_ids")!;
        double[] numbers = Numbers(c, $"{kind}_weights");
        for (int i = 0; i < ids.Length; i++)
        {
            int place = places[(ofTree[i], ofNode[i])];
            weights[place, ids[i]] += numbers[i];
            gives[place, ids[i]] = true;
        }

        int[] missing = c.Ints("nodes_missing_value_tracks_true") is { Length: > 0 } given ? given : new int[tree.Length];
        return new TreeTable(c.Ints("nodes_featureids")!, Numbers(c, "nodes_values"), [.. mode.Select(m => Math.Max(0, Array.IndexOf(Modes, m)))], yes, no, [.. missing.Select(flag => flag != 0)], new double[]?[tree.Length], roots, TreeTable.DepthOf(yes, no, roots), weights, gives);
    }
}
