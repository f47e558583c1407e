namespace Ashlar;

/// <summary>The positions of one axis that an index takes: start, start + step, … (count of them).</summary>
readonly record struct AxisSlice(int Start, int Count, int Step)
{
    public static AxisSlice Whole(int extent) => new(0, extent, 1);

    /// <summary>Python's rules for <c>start:stop:step</c>.</summary>
    public static AxisSlice Of(TensorIndex index, int extent)
    {
        int step = index.Step;
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? extent : extent - 1L;
        long start = Math.Clamp(index.Start?.In(extent) ?? (step > 0 ? low : high), low, high);
        long stop = Math.Clamp(index.Stop?.In(extent) ?? (step > 0 ? high : low), low, high);
        long count = step > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -(long)step;
        return count <= 0 ? new AxisSlice(0, 0, 1) : new AxisSlice((int)start, (int)count, count == 1 ? 1 : step);
    }

    public bool IsWhole(int extent) => Start == 0 && Count == extent && (Step == 1 || extent < 2);
}
