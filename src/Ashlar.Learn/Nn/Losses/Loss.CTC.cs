namespace Ashlar.Nn;

/// <content>Sequences of labels whose places are not known.</content>
public static partial class Loss
{
    // The logarithm of a probability that is 0: finite, so that no difference of two is NaN.
    const double Never = -1e30;

    /// <summary>Connectionist temporal classification: -ln of the probability that a sequence of classes with blanks, without its blanks and repetitions, is the labels.</summary>
    /// <remarks>
    /// Graves et al. 2006, section 4.1, in logarithms. Equal labels one after the other need a blank between them; a sequence too short for its labels has an infinite loss and no gradient.
    /// The gradient is that of the log-probabilities as free numbers; through <see cref="Functional.LogSoftmax"/> it is that of the logits.
    /// Lengths and labels whose values are at hand are checked here.
    /// </remarks>
    /// <param name="logProbabilities">[T, N, C], T ≥ 1: ln p of each class at each step; floating.</param>
    /// <param name="labels">[N, S], the classes, 0 to C - 1 and never the blank; integer. What lies behind a sequence's length does not matter.</param>
    /// <param name="lengths">[N] steps of each sequence, 1 to T; T by default.</param>
    /// <param name="labelLengths">[N] labels of each sequence, 0 to S; S by default.</param>
    /// <param name="blank">The class that stands for no label.</param>
    /// <param name="zeroInfinity">Whether an infinite loss counts as 0.</param>
    /// <param name="reduction">What becomes of the numbers [N]; the mean is that of each number divided by its count of labels, at least 1.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The dtypes do not fit.</exception>
    /// <exception cref="ArgumentException">A label, a length or the blank lies outside its range.</exception>
    public static Tensor CTC(
        Tensor logProbabilities, Tensor labels, Tensor? lengths = null, Tensor? labelLengths = null, int blank = 0, bool zeroInfinity = false, Reduction reduction = Reduction.Mean)
    {
        CheckTranscripts(logProbabilities, labels, lengths, labelLengths, blank);
        (int steps, int batch, int classes, int count) = (logProbabilities.Shape[0], logProbabilities.Shape[1], logProbabilities.Shape[2], labels.Shape[1]);
        Tensor logs = logProbabilities.DType == DType.Float64 ? logProbabilities : logProbabilities.To(DType.Float32);
        Tensor never = Number(logs, Never);
        Tensor counts = (labelLengths ?? Tensor.Full(new Shape(batch), count, DType.Int64)).To(DType.Int64);

        // Blank, label, blank, …, label, blank: the states a path may be in.
        Tensor blanks = Tensor.Full(new Shape(batch, count), blank, DType.Int64);
        Tensor states = Tensor.Concat([Tensor.Stack([blanks, Tensor.Minimum(Tensor.Maximum(labels.To(DType.Int64), 0), classes - 1)], 2).Reshape(batch, 2 * count), Tensor.Full(new Shape(batch, 1), blank, DType.Int64)], 1);
        int width = (2 * count) + 1;
        Tensor emitted = logs.TakeAlongAxis(states.Reshape(1, batch, width).BroadcastTo(new Shape(steps, batch, width)), 2);
        Tensor maySkip = states.NotEqualTo(blank) & states.NotEqualTo(Behind(states, 2, blank));

        Tensor alpha = Tensor.Where(Tensor.Arange(width) < 2, emitted.Slice(0, 0, 1).Reshape(batch, width), never);
        if (steps > 1)
        {
            Tensor inside = Tensor.Arange(steps).Slice(0, 1, steps - 1).Reshape(steps - 1, 1, 1) < (lengths ?? Tensor.Full(new Shape(batch), steps, DType.Int64)).Reshape(1, batch, 1);
            alpha = Control.Loop([alpha], [emitted.Slice(0, 1, steps - 1), inside], (state, now) =>
            {
                Tensor next = LogSum(state[0], Behind(state[0], 1, Never), Tensor.Where(maySkip, Behind(state[0], 2, Never), never)) + now[0];
                return ([Tensor.Where(now[1], next, state[0])], []);
            }).Carries[0];
        }

        Tensor ends = (counts * 2).Reshape(batch, 1);
        Tensor beforeEnd = Tensor.Where(ends > 0, alpha.TakeAlongAxis(Tensor.Maximum(ends - 1, 0), 1), never);
        Tensor nats = -LogSum(alpha.TakeAlongAxis(ends, 1), beforeEnd, never).Reshape(batch);
        nats = Tensor.Where(nats < -Never / 2, nats, Number(nats, zeroInfinity ? 0 : double.PositiveInfinity)).To(logProbabilities.DType);
        return Reduce(reduction == Reduction.Mean ? nats / Tensor.Maximum(counts, 1).To(nats.DType) : nats, reduction);
    }

    // Each row moved up by some places, with a number in the places that come free.
    static Tensor Behind(Tensor rows, int places, double value) =>
        rows.Pad([0, places], [0, 0], value).Slice(1, 0, rows.Shape[1]);

    static Tensor LogSum(Tensor a, Tensor b, Tensor c)
    {
        Tensor largest = Tensor.Maximum(Tensor.Maximum(a, b), c).StopGradient();
        return largest + ((a - largest).Exp() + (b - largest).Exp() + (c - largest).Exp()).Log();
    }

    static void CheckTranscripts(Tensor logs, Tensor labels, Tensor? lengths, Tensor? labelLengths, int blank)
    {
        if (!logs.DType.IsFloating || !labels.DType.IsInteger || lengths?.DType.IsInteger == false || labelLengths?.DType.IsInteger == false)
        {
            throw new DTypeException($"CTC: log-probabilities are {logs.DType.Name}, labels {labels.DType.Name}. Give floating log-probabilities; labels and lengths of whole numbers such as int32.");
        }

        Shape sequences = logs.Rank == 3 ? new Shape(logs.Shape[1]) : Shape.Scalar;
        bool fits = logs.Rank == 3 && logs.Shape[0] > 0 && labels.Rank == 2 && labels.Shape[0] == logs.Shape[1]
            && (lengths?.Shape ?? sequences).Equals(sequences) && (labelLengths?.Shape ?? sequences).Equals(sequences);
        if (!fits)
        {
            throw new ShapeException($"CTC: log-probabilities {logs.Shape}, labels {labels.Shape}, lengths {lengths?.Shape ?? sequences} and label lengths {labelLengths?.Shape ?? sequences} do not fit. Give [T, N, C] with T ≥ 1, labels [N, S] and lengths [N].");
        }

        int classes = logs.Shape[2];
        if ((uint)blank >= (uint)classes)
        {
            throw new ArgumentOutOfRangeException(nameof(blank), $"CTC: the blank {blank} lies outside 0 … {classes - 1}. Give the class that stands for no label.");
        }

        CheckLengths("length", lengths, 1, logs.Shape[0], "steps");
        CheckLengths("label length", labelLengths, 0, labels.Shape[1], "labels");
        if (labels.Node.Value is null || labelLengths?.Node.Value is null == labelLengths is not null)
        {
            return;
        }

        long[] given = labels.To(DType.Int64).ToArray<long>();
        long[]? counts = labelLengths?.To(DType.Int64).ToArray<long>();
        int width = labels.Shape[1];
        for (int i = 0; i < given.Length; i++)
        {
            if (i % width < (counts?[i / width] ?? width) && ((ulong)given[i] >= (ulong)classes || given[i] == blank))
            {
                throw new ArgumentException($"CTC: label {given[i]} of sequence {i / width} is no class of 0 … {classes - 1} or the blank {blank}. Check the labels against the outputs of the last layer.", nameof(labels));
            }
        }
    }

    static void CheckLengths(string what, Tensor? lengths, int least, int most, string unit)
    {
        if (lengths?.Node.Value is null)
        {
            return;
        }

        long[] given = lengths.To(DType.Int64).ToArray<long>();
        int wrong = Array.FindIndex(given, length => length < least || length > most);
        if (wrong >= 0)
        {
            throw new ArgumentException($"CTC: {what} {given[wrong]} of sequence {wrong} lies outside {least} … {most}. Give the {unit} of each sequence.", nameof(lengths));
        }
    }
}
