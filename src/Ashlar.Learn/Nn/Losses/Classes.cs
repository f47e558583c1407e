using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Runtime;
using Ashlar.Schedule;

namespace Ashlar.Nn;

/// <summary>The target of a classification, checked: classes with their weights and ignored positions, or probabilities.</summary>
sealed class Classes
{
    Tensor? _isClass;
    Tensor? _isIgnored;
    Tensor? _isWrong;

    /// <summary>The axis of the classes: 1, or 0 for one example.</summary>
    public required int Axis { get; init; }

    /// <summary>The shape of the numbers with an axis of extent 1 for the classes.</summary>
    public required int[] Kept { get; init; }

    /// <summary>The probabilities, or null where the target names classes.</summary>
    public Tensor? Given { get; init; }

    /// <summary>The weights of the classes, to broadcast against the logits.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>The weight of each target, [B, …].</summary>
    public Tensor? Weights { get; private set; }

    public static Classes Of(string loss, Tensor logits, Tensor target, Tensor? weight, int? ignore, string name)
    {
        int axis = Math.Min(1, logits.Rank - 1);
        bool probabilities = target.DType.IsFloating && loss == "CrossEntropy";
        Check(loss, logits, target, axis, probabilities, name);
        int count = logits.Shape[axis];
        int[] kept = [.. logits.Shape.Extents[..axis], 1, .. logits.Shape.Extents[(axis + 1)..]];
        if (weight is not null && !weight.Shape.Equals(new Shape(count)))
        {
            throw new ShapeException($"{loss}: the weight is {weight.Shape}, the {name} {logits.Shape} have {count} classes. Give one weight for each class, [{count}].");
        }

        int[] along = [.. Enumerable.Repeat(1, axis), count, .. Enumerable.Repeat(1, logits.Rank - axis - 1)];
        var classes = new Classes { Axis = axis, Kept = kept, Given = probabilities ? target : null, Weight = weight?.Reshape(along) };
        if (!probabilities)
        {
            classes.Mark(logits, target.Node.Value is null ? target : Checked(loss, target, count, ignore), ignore);
        }

        return classes;
    }

    /// <summary>The element of each example's class, [B, …].</summary>
    // A comparison instead of a gather: it joins the kernel of the row, and its gradient writes no memory.
    public Tensor Pick(Tensor x) => Tensor.Where(_isClass!, x, Number(x, 0)).Sum([Axis]);

    /// <summary>Leaves out the ignored and reduces by the weights.</summary>
    public Tensor Reduce(Tensor nats, Reduction reduction)
    {
        nats = _isWrong is null ? nats : Tensor.Where(_isWrong, Number(nats, double.NaN), nats);
        nats = _isIgnored is null ? nats : Tensor.Where(_isIgnored, Number(nats, 0), nats);
        switch (reduction)
        {
            case Reduction.None:
                return nats;
            case Reduction.Sum:
                return nats.Sum();
            case Reduction.BatchMean:
                return nats.Sum() / Tensor.Scalar(nats.Rank == 0 ? 1 : nats.Shape[0], nats.DType);
            default:
                Tensor? share = _isIgnored is null ? Weights : Tensor.Where(_isIgnored, Number(nats, 0), Weights ?? Number(nats, 1));
                return share is null ? nats.Mean() : nats.Sum() / share.Sum();
        }
    }

    void Mark(Tensor logits, Tensor target, int? ignore)
    {
        _isClass = new Tensor(Op.Iota(logits.Shape, Axis)).EqualTo(target.Reshape(Kept));
        _isIgnored = ignore is { } mark ? target.EqualTo(Number(target, mark)) : null;
        Weights = Weight is null ? null : Tensor.Where(_isClass, Weight, Number(Weight, 0)).Sum([Axis]);
        _isWrong = target.Node.Value is null ? (target < 0) | (target >= logits.Shape[Axis]) : null;
    }

    static void Check(string loss, Tensor logits, Tensor target, int axis, bool probabilities, string name)
    {
        if (!logits.DType.IsFloating || !(probabilities || target.DType.IsInteger))
        {
            throw new DTypeException($"{loss}: {name} are {logits.DType.Name} and the target {target.DType.Name}. Give floating {name} and a target of whole numbers such as int32.");
        }

        bool fits = logits.Rank > 0 && (probabilities
            ? logits.Shape.Equals(target.Shape)
            : target.Shape.Extents.SequenceEqual([.. logits.Shape.Extents[..axis], .. logits.Shape.Extents[(axis + 1)..]]));
        if (!fits)
        {
            throw new ShapeException($"{loss}: {name} {logits.Shape} and target {target.Shape} do not fit. Give [B, C, …] and classes [B, …]{(loss == "CrossEntropy" ? ", or probabilities [B, C, …]" : "")}.");
        }
    }

    // The labels as int32, whose comparison with the number of each class fills a vector like the logits do.
    static unsafe Tensor Checked(string loss, Tensor target, int count, int? ignore)
    {
        // The usual types are read as they are and where they lie: a cast would run a plan at every step.
        Tensor labels = target.DType is DType.Int32 or DType.Int64 ? target : target.To(DType.Int64);
        Storage values = Evaluator.Value(labels.Node);
        bool isNarrow = labels.DType == DType.Int32;
        Storage? narrow = isNarrow ? null : Storage.Allocate((nint)labels.Size * sizeof(int));
        for (int i = 0; i < labels.Size; i++)
        {
            long label = isNarrow ? ((int*)values.Pointer)[i] : ((long*)values.Pointer)[i];
            if ((ulong)label >= (ulong)count && label != ignore)
            {
                throw new ArgumentException($"{loss}: label {label} of row {i} lies outside 0 … {count - 1}. Check the labels against the {count} outputs of the last layer, or give ignore: {label} if it marks what to leave out.", nameof(target));
            }

            if (narrow is not null)
            {
                ((int*)narrow.Pointer)[i] = (int)label;
            }
        }

        GC.KeepAlive(labels);
        return narrow is null ? labels : new Tensor(Node.Constant(narrow, target.Shape, DType.Int32));
    }

    static Tensor Number(Tensor like, double value) => new(Op.Number(like.Node, value));
}
