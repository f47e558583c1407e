using Ashlar.Lab.Events;

namespace Ashlar.Lab;

/// <content>Points, distributions, texts.</content>
public sealed partial class Run
{
    const int Buckets = 64;

    /// <summary>Logs a number.</summary>
    /// <param name="name">Its name; <c>/</c> parts names into groups.</param>
    /// <param name="value">Any; every bit is kept.</param>
    /// <param name="step">Of the training; of several points of one step all are kept.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public void Log(string name, double value, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_recorder is { IsFinished: false } recorder)
        {
            recorder.Point(name, value, step);
        }
    }

    /// <summary>Logs a number that is computed now, if it has not been before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">[] or one element, of any dtype.</param>
    /// <param name="step">Of the training.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public void Log(string name, Tensor value, long step)
    {
        if (value.Size != 1)
        {
            throw new ShapeException($"Run.Log: '{name}' has the shape {value.Shape}; a point is one number. Take a mean, or call LogHistogram.");
        }

        if (IsRecording)
        {
            Log(name, value.Reshape().To(DType.Float64).Item<double>(), step);
        }
    }

    /// <summary>Logs how numbers are distributed, in 64 buckets of equal width from the least to the greatest finite one. Those that are not finite are left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">[…], of any real dtype; may be empty.</param>
    /// <param name="step">Of the training.</param>
    public void LogHistogram(string name, Tensor values, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IsRecording)
        {
            LogHistogram(name, values.To(DType.Float64).ToArray<double>(), step);
        }
    }

    /// <summary>Logs how numbers are distributed, as <see cref="LogHistogram(string, Tensor, long)"/> does.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">May be empty; not kept.</param>
    /// <param name="step">Of the training.</param>
    public void LogHistogram(string name, ReadOnlySpan<double> values, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (IsRecording)
        {
            Write(Histogram(name, values, step));
        }
    }

    /// <summary>Logs a text; viewers show it as Markdown.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Any.</param>
    /// <param name="step">Of the training.</param>
    public void LogText(string name, string text, long step = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Write(new TextEvent(name, step, 0, text));
    }

    void Write(LoggedEvent logged)
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            recorder.Try(() => recorder.Events.Write(logged));
        }
    }

    static HistogramEvent Histogram(string name, ReadOnlySpan<double> values, long step)
    {
        (double least, double greatest, double sum, double squares, long count) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                (least, greatest, sum, squares, count) = (Math.Min(least, value), Math.Max(greatest, value), sum + value, squares + (value * value), count + 1);
            }
        }

        if (count == 0)
        {
            return new HistogramEvent(name, step, 0, [0], [0], 0, 0, 0, 0, 0);
        }

        // Halves, so that the difference of the greatest and the least double is finite.
        double width = ((greatest / 2) - (least / 2)) / Buckets * 2;
        int buckets = width > 0 ? Buckets : 1;
        var counts = new double[buckets];
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                counts[buckets == 1 ? 0 : (int)Math.Clamp(((value / 2) - (least / 2)) / width * 2, 0, buckets - 1)]++;
            }
        }

        double[] limits = [.. Enumerable.Range(1, buckets).Select(i => i == buckets ? greatest : least + (i * width))];
        return new HistogramEvent(name, step, 0, limits, counts, least, greatest, sum, squares, count);
    }
}
