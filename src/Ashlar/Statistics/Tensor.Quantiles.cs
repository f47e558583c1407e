namespace Ashlar;

/// <content>Order statistics. An axis of null takes all elements as one. NaN among the elements gives NaN, as in NumPy.</content>
public sealed partial class Tensor
{
    /// <summary>The element below which the part <paramref name="q"/> of an axis lies.</summary>
    /// <param name="q">0 to 1.</param>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="method">What holds between two elements.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <exception cref="ArgumentException">q lies outside 0 to 1.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public Tensor Quantile(double q, int? axis = null, QuantileMethod method = QuantileMethod.Linear, bool keepAxes = false)
    {
        Tensor lines = Lines("Quantile", axis).Sort();
        return Reduced(lines.QuantileOfSorted(q, method), axis, keepAxes);
    }

    /// <summary>Several quantiles at once, along a new first axis.</summary>
    /// <param name="q">Each 0 to 1.</param>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="method">What holds between two elements.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <exception cref="ArgumentException">There are none, or one lies outside 0 to 1.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">There are no elements.</exception>
    public Tensor Quantile(ReadOnlySpan<double> q, int? axis = null, QuantileMethod method = QuantileMethod.Linear, bool keepAxes = false)
    {
        Tensor lines = Lines("Quantile", axis).Sort();
        var each = new Tensor[q.Length];
        for (int i = 0; i < each.Length; i++)
        {
            each[i] = Reduced(lines.QuantileOfSorted(q[i], method), axis, keepAxes);
        }

        return each.Length > 0 ? Stack(each) : throw new ArgumentException("Quantile: no quantiles are given. Give at least one.", nameof(q));
    }

    /// <summary>The quantile of <paramref name="p"/> hundredths.</summary>
    /// <param name="p">0 to 100.</param>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="method">What holds between two elements.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <inheritdoc cref="Quantile(double, int?, QuantileMethod, bool)" path="/exception"/>
    public Tensor Percentile(double p, int? axis = null, QuantileMethod method = QuantileMethod.Linear, bool keepAxes = false) => Quantile(p / 100, axis, method, keepAxes);

    /// <summary>The middle element of an axis in order, of an even number the mean of the two in the middle.</summary>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <inheritdoc cref="Quantile(double, int?, QuantileMethod, bool)" path="/exception"/>
    public Tensor Median(int? axis = null, bool keepAxes = false)
    {
        Tensor lines = Lines("Median", axis).Sort();
        return Reduced(lines.QuantileOfSorted(0.5, QuantileMethod.Midpoint), axis, keepAxes);
    }

    /// <summary>The median of the elements that are no NaN; NaN where there are none.</summary>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <inheritdoc cref="Quantile(double, int?, QuantileMethod, bool)" path="/exception"/>
    public Tensor NanMedian(int? axis = null, bool keepAxes = false)
    {
        Tensor lines = Lines("NanMedian", axis);
        Tensor count = lines.EqualTo(lines).To(DType.Int64).Sum([-1], keepAxes: true);
        Tensor sorted = lines.Sort();
        Tensor low = sorted.TakeAlongAxis((count - 1) / 2);
        Tensor high = sorted.TakeAlongAxis(count / 2);
        return Reduced(((low + high) * 0.5).Squeeze(-1), axis, keepAxes);
    }

    /// <summary>The sum of the elements that are no NaN.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    public Tensor NanSum(ReadOnlySpan<int> axes = default, bool keepAxes = false) => WithoutNan().Sum(axes, keepAxes);

    /// <summary>The mean of the elements that are no NaN; NaN where there are none.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <param name="keepAxes">Whether reduced axes stay with extent 1.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public Tensor NanMean(ReadOnlySpan<int> axes = default, bool keepAxes = false) => DType.IsFloating
        ? WithoutNan().Sum(axes, keepAxes) / EqualTo(this).To(DType).Sum(axes, keepAxes)
        : throw new DTypeException($"NanMean: {DType.Name} has no fractions. Cast to float32 first.");

    /// <summary>The value that occurs most often along an axis; of several the smallest.</summary>
    /// <param name="axis">The axis, negative from the back; it disappears.</param>
    /// <param name="keepAxes">Whether the axis stays with extent 1.</param>
    /// <exception cref="ShapeException">The axis has no elements.</exception>
    public Tensor Mode(int axis = -1, bool keepAxes = false)
    {
        _ = RealNode();
        Tensor sorted = MoveAxis(Shape.Axis(axis, "Mode"), -1).Sort();
        if (sorted.Shape[^1] == 0)
        {
            throw new ShapeException($"Mode: axis {axis} of {Shape} has no elements, so none is the most frequent. Test the extent first.");
        }

        // The length of each run so far; the first longest run holds the smallest of the most frequent values.
        int count = sorted.Shape[^1];
        Tensor place = Arange(count).BroadcastTo(sorted.Shape);
        Tensor same = sorted.Slice(-1, 1, count - 1).EqualTo(sorted.Slice(-1, 0, count - 1));
        Tensor begins = Concat([ZerosLike(place.Slice(-1, 0, 1)), Where(same, ZerosLike(same, DType.Int32), place.Slice(-1, 1, count - 1))], -1);
        Tensor best = (place - begins.CumMax(-1)).ArgMax(-1, keepAxes: true);
        Tensor value = sorted.TakeAlongAxis(best);
        return keepAxes ? value.MoveAxis(-1, axis) : value.Squeeze(-1);
    }

    // The last axis is sorted; it disappears.
    Tensor QuantileOfSorted(double q, QuantileMethod method)
    {
        if (!(q >= 0 && q <= 1))
        {
            throw new ArgumentException($"Quantile: q is {q}. Give a part from 0 to 1, or use Percentile for hundredths.", nameof(q));
        }

        int last = Shape[^1] - 1;
        double place = q * last;
        int below = Math.Min(last, (int)Math.Floor(place));
        int above = Math.Min(last, below + 1);
        double part = place - below;
        Tensor At(int index) => Slice(-1, index, 1).Squeeze(-1);
        Tensor a = At(below);
        Tensor value = method switch
        {
            _ when part == 0 => a,
            QuantileMethod.Lower => a,
            QuantileMethod.Higher => At(above),
            QuantileMethod.Nearest => part < 0.5 || (part == 0.5 && below % 2 == 0) ? a : At(above),
            QuantileMethod.Midpoint => (a + At(above)) * 0.5,

            // From the nearer end, so that t = 1 gives b itself.
            _ => part < 0.5 ? a + ((At(above) - a) * part) : At(above) - ((At(above) - a) * (1 - part)),
        };
        Tensor largest = At(last);
        return Where(largest.EqualTo(largest), value, largest);
    }

    // What is reduced as the last axis.
    Tensor Lines(string operation, int? axis)
    {
        if (!DType.IsFloating)
        {
            throw new DTypeException($"{operation}: {DType.Name} has no fractions. Cast to float32 first.");
        }

        Tensor lines = axis is { } given ? MoveAxis(Shape.Axis(given, operation), -1) : Reshape(Size);
        return lines.Shape[^1] > 0 ? lines : throw new ShapeException($"{operation}: {Shape} has no elements to order. Test the extent first.");
    }

    Tensor Reduced(Tensor value, int? axis, bool keepAxes)
    {
        if (!keepAxes)
        {
            return value;
        }

        int[] extents = [.. Shape];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = axis is null || i == Shape.Axis(axis.Value, "Quantile") ? 1 : extents[i];
        }

        return value.Reshape(extents);
    }

    Tensor WithoutNan() => DType.IsFloating ? Where(EqualTo(this), this, ZerosLike(this)) : this;
}
