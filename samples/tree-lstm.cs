#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// A Child-Sum Tree-LSTM (Tai, Socher, Manning 2015, equations 2 to 8) on the syntax trees of this repository's own methods: every tree has a shape of its own.
// Task: what kind of thing does the method return? It sees the kinds of the body's nodes only; names, literals and the return type are hidden.
//
// Dynamic batching: the trees of a batch are computed level by level from the deepest nodes to the roots, one matrix product for a level of all trees;
// a node gathers the vectors of its kind, and the sums over children are scattered to the parents. A plan belongs to exact shapes, a kernel does not.
// So levels are padded to the widest that occurs: one plan serves all batches. Without padding each batch has a plan of its own, and kernels are still shared.
using Ashlar;
using Ashlar.Nn;
using Ashlar.Nn.Init;
using Ashlar.Optim;
using Ashlar.Primitives;

const int Hidden = 32, BatchSize = 32, Epochs = 15;
string[] lines = File.ReadAllLines(Path.Combine(Folder(), "data", "trees", "methods.txt"));
int kinds = lines[0].Split(' ').Length;
string[] classes = [.. lines.Skip(1).Select(line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)];
Tree[] trees = [.. lines.Skip(1).Select(line => Read(line, classes))];
RandomKey key = RandomKey.FromSeed(20);
int[] order = Permutation.Draw(key.Fold("split"), trees.Length);
Tree[] test = [.. order.Take(trees.Length / 5).Select(i => trees[i])];
Tree[] train = [.. order.Skip(trees.Length / 5).Select(i => trees[i])];
Tree[][] parts = [.. train.Chunk(BatchSize)];
Tree[][] testParts = [.. test.Chunk(BatchSize)];
int[] widths = Widths([.. parts, .. testParts]);
Batch[] batches = [.. parts.Select(part => Collate(part, widths))];
Batch[] testBatches = [.. testParts.Select(part => Collate(part, widths))];
Console.WriteLine($"{train.Length} trees to learn from, {test.Length} to test on, {kinds} kinds of nodes, {classes.Length} classes, {widths.Length} levels of at most {widths.Max()} nodes");

// What is always the same, and what sees the kinds but not the tree.
int common = train.CountBy(tree => tree.Label).MaxBy(pair => pair.Value).Key;
double majority = test.Count(tree => tree.Label == common) / (double)test.Length;
double bag = BagOfKinds();

Parameter[] parameters = [Table(3 * Hidden, kinds, "node"), Table(Hidden, kinds, "forget"), Square(3 * Hidden, "gates"), Square(Hidden, "forgetting"), Table(classes.Length, Hidden, "classes")];
var optimizer = new AdamW(parameters, learningRate: 4e-3, weightDecay: 0.05) { ClipNorm = 1 };
var schedule = new CosineSchedule(Peak: 4e-3, Steps: Epochs * batches.Length, Warmup: batches.Length);
double first = 0, last = 0;
long plans = 0, kernels = 0;
for (int epoch = 0; epoch < Epochs; epoch++)
{
    double sum = 0;
    foreach (int i in Permutation.Draw(key.Fold(epoch), batches.Length))
    {
        optimizer.LearningRate = schedule.At(optimizer.Steps);
        Tensor loss = Loss.CrossEntropy(Logits(batches[i]), batches[i].Labels, ignore: -1);
        optimizer.Step(loss);
        sum += loss.Item<float>();
    }

    (first, last) = (epoch == 0 ? sum / batches.Length : first, sum / batches.Length);
    double accuracy = Accuracy();
    if (epoch == 0)
    {
        (plans, kernels) = (Diagnostics.PlansBuilt, Diagnostics.KernelsCompiled);
    }

    if (epoch % 5 == 4)
    {
        Console.WriteLine($"epoch {epoch + 1,2}: loss {last:0.000}, right on the test {accuracy:0.0%}");
    }
}

double tree = Accuracy();
long morePlans = Diagnostics.PlansBuilt - plans, moreKernels = Diagnostics.KernelsCompiled - kernels;
Console.WriteLine($"right on the test: always '{classes[common]}' {majority:0.0%}, bag of kinds {bag:0.0%}, Tree-LSTM {tree:0.0%}");
Console.WriteLine($"padded levels: {morePlans} plans and {moreKernels} kernels more after the first epoch of {batches.Length} batches");

// The same forward pass with levels as wide as each batch has them.
(long plansBefore, long kernelsBefore) = (Diagnostics.PlansBuilt, Diagnostics.KernelsCompiled);
int middle = 0;
for (int i = 0; i < parts.Length; i++)
{
    using var scope = Transform.NoGradient();
    Logits(Collate(parts[i], Widths([parts[i]]))).ToArray<float>();
    middle = i == parts.Length / 2 ? (int)(Diagnostics.KernelsCompiled - kernelsBefore) : middle;
}

long freePlans = Diagnostics.PlansBuilt - plansBefore, freeKernels = Diagnostics.KernelsCompiled - kernelsBefore;
Console.WriteLine($"levels as they are: {freePlans} plans, one for each batch, and {freeKernels} kernels, {freeKernels - middle} of them in the second half");
return last < 0.5 * first && tree > bag && bag > majority && morePlans == 0 && moreKernels == 0 && freePlans <= parts.Length ? 0 : 1;

// [classes, batch] turned to [batch, classes].
Tensor Logits(Batch batch)
{
    Tensor? childSum = null, kept = null, h = null;
    for (int level = batch.Levels.Length - 1; level >= 0; level--)
    {
        Level nodes = batch.Levels[level];
        Tensor z = Pick(parameters[0], nodes.Kinds);                                    // [3 · hidden, width]
        z = childSum is null ? z : z + parameters[2].Tensor.MatMul(childSum);
        Tensor i = z.Slice(0, 0, Hidden).Sigmoid();
        Tensor o = z.Slice(0, Hidden, Hidden).Sigmoid();
        Tensor u = z.Slice(0, 2 * Hidden, Hidden).Tanh();
        Tensor c = kept is null ? i * u : (i * u) + kept;                               // equation 7
        h = o * c.Tanh();                                                               // equation 8
        if (level > 0)
        {
            // A child knows its parent's kind, so it computes its own forget gate (equation 4) and hands over f · c beside h.
            Tensor f = (Pick(parameters[1], nodes.ParentKinds) + parameters[3].Tensor.MatMul(h)).Sigmoid();
            Tensor up = Tensor.Concat([h, f * c], 0) * nodes.Mask;
            int width = batch.Levels[level - 1].Kinds.Size;
            Tensor sums = new(Op.ScatterAdd(nodes.Parents.BroadcastTo(up.Shape).Node, up.Node, width));
            (childSum, kept) = (sums.Slice(0, 0, Hidden), sums.Slice(0, Hidden, Hidden));   // equation 2, and the sum of 7
        }
    }

    return parameters[4].Tensor.MatMul(h!).T;
}

static Tensor Pick(Parameter table, Tensor index) => table.Tensor.Gather(index.BroadcastTo(new Shape(table.Shape[0], index.Size)));

double Accuracy()
{
    using var scope = Transform.NoGradient();
    int right = 0;
    foreach (Batch batch in testBatches)
    {
        long[] answers = Logits(batch).ArgMax(1).ToArray<long>();
        int[] labels = batch.Labels.ToArray<int>();
        right += labels.Where((label, i) => label == answers[i]).Count();
    }

    return right / (double)test.Length;
}

// Multinomial logistic regression on ln(1 + count) of each kind.
double BagOfKinds()
{
    var linear = new Linear(kinds, classes.Length);
    linear.Initialize(key.Fold("bag"));
    var rule = new AdamW(linear.Parameters, learningRate: 0.02, weightDecay: 0.05);
    (Tensor x, Tensor y) = (Counts(train), Tensor.From([.. train.Select(tree => tree.Label)], train.Length));
    for (int step = 0; step < 400; step++)
    {
        rule.Step(Loss.CrossEntropy(linear.Forward(x), y));
    }

    long[] answers = linear.Forward(Counts(test)).ArgMax(1).ToArray<long>();
    return test.Where((tree, i) => tree.Label == answers[i]).Count() / (double)test.Length;
}

Tensor Counts(Tree[] of)
{
    var counts = new float[of.Length * kinds];
    for (int i = 0; i < of.Length; i++)
    {
        foreach (int kind in of[i].Kinds)
        {
            counts[(i * kinds) + kind]++;
        }
    }

    return Tensor.From(counts, of.Length, kinds).Log1p();
}

Parameter Table(int rows, int columns, string name)
{
    var parameter = new Parameter(new Shape(rows, columns), k => Weights.Normal(k, new Shape(rows, columns), 0, 0.3));
    parameter.Draw(key.Fold(name));
    return parameter;
}

Parameter Square(int rows, string name)
{
    var parameter = new Parameter(new Shape(rows, Hidden), k => Weights.Orthogonal(k, new Shape(rows, Hidden)));
    parameter.Draw(key.Fold(name));
    return parameter;
}

static int[] Widths(Tree[][] parts)
{
    int levels = parts.Max(part => part.Max(tree => tree.Depths.Max())) + 1;
    return [.. Enumerable.Range(0, levels).Select(level => parts.Max(part => Math.Max(level == 0 ? BatchSize : 1, part.Sum(tree => tree.Depths.Count(depth => depth == level)))))];
}

static Batch Collate(Tree[] trees, int[] widths)
{
    var levels = widths.Select(width => (Kinds: new int[width], Parents: new int[width], ParentKinds: new int[width], Mask: new float[width])).ToArray();
    var used = new int[widths.Length];
    foreach (Tree tree in trees)
    {
        var place = new int[tree.Kinds.Length];
        for (int node = 0; node < place.Length; node++)
        {
            int depth = tree.Depths[node];
            place[node] = used[depth]++;
            levels[depth].Kinds[place[node]] = tree.Kinds[node];
            levels[depth].Mask[place[node]] = 1;
            if (node > 0)
            {
                levels[depth].Parents[place[node]] = place[tree.Parents[node]];
                levels[depth].ParentKinds[place[node]] = tree.Kinds[tree.Parents[node]];
            }
        }
    }

    int[] labels = [.. trees.Select(tree => tree.Label), .. Enumerable.Repeat(-1, widths[0] - trees.Length)];
    return new Batch(
        [.. levels.Select(level => new Level(Of(level.Kinds), Of(level.Parents), Of(level.ParentKinds), Tensor.From(level.Mask, level.Mask.Length)))],
        Tensor.From(labels, labels.Length));

    static Tensor Of(int[] values) => Tensor.From(values, values.Length);
}

// kind or kind:children in preorder, after the class.
static Tree Read(string line, string[] classes)
{
    string[] words = line.Split(' ');
    int count = words.Length - 1;
    (int[] kinds, int[] parents, int[] depths) = (new int[count], new int[count], new int[count]);
    var open = new Stack<(int Node, int Left)>();
    for (int node = 0; node < count; node++)
    {
        string[] word = words[node + 1].Split(':');
        kinds[node] = int.Parse(word[0]);
        if (open.TryPop(out (int Node, int Left) parent))
        {
            (parents[node], depths[node]) = (parent.Node, depths[parent.Node] + 1);
            if (parent.Left > 1)
            {
                open.Push((parent.Node, parent.Left - 1));
            }
        }

        if (word.Length > 1)
        {
            open.Push((node, int.Parse(word[1])));
        }
    }

    return new Tree(Array.IndexOf(classes, words[0]), kinds, parents, depths);
}

static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
    Directory.Exists(Path.Combine("samples", "data")) ? "samples" : Path.GetDirectoryName(path)!;

sealed record Tree(int Label, int[] Kinds, int[] Parents, int[] Depths);

sealed record Level(Tensor Kinds, Tensor Parents, Tensor ParentKinds, Tensor Mask);

sealed record Batch(Level[] Levels, Tensor Labels);
