namespace Ashlar;

/// <content>Fourier transforms over several axes: one after the other, the last axis first.</content>
public sealed partial class Tensor
{
    /// <summary><see cref="Fft"/> along several axes.</summary>
    /// <param name="extents">Elements to take along each axis, -1 for all; none means all everywhere.</param>
    /// <param name="axes">Axes, negative from the back; none means the last ones, as many as extents, or all.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, an extent is below 1, or their numbers differ.</exception>
    public Tensor FftN(ReadOnlySpan<int> extents = default, ReadOnlySpan<int> axes = default, FftNorm norm = FftNorm.Backward) =>
        Every(FftAxes("FftN", extents, axes), (x, n, axis) => x.Fft(n, axis, norm));

    /// <summary><see cref="IFft"/> along several axes: undoes <see cref="FftN"/>.</summary>
    /// <param name="extents">Elements to take along each axis, -1 for all; none means all everywhere.</param>
    /// <param name="axes">Axes, negative from the back; none means the last ones, as many as extents, or all.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, an extent is below 1, or their numbers differ.</exception>
    public Tensor IFftN(ReadOnlySpan<int> extents = default, ReadOnlySpan<int> axes = default, FftNorm norm = FftNorm.Backward) =>
        Every(FftAxes("IFftN", extents, axes), (x, n, axis) => x.IFft(n, axis, norm));

    /// <summary><see cref="RFft"/> along the last of several axes, then <see cref="Fft"/> along the others.</summary>
    /// <param name="extents">Elements to take along each axis, -1 for all; none means all everywhere.</param>
    /// <param name="axes">Axes, negative from the back; none means the last ones, as many as extents, or all.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, an extent is below 1, their numbers differ, or there is none.</exception>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    public Tensor RFftN(ReadOnlySpan<int> extents = default, ReadOnlySpan<int> axes = default, FftNorm norm = FftNorm.Backward)
    {
        (int Axis, int? Extent)[] all = Some(FftAxes("RFftN", extents, axes), "RFftN");
        return RFft(all[^1].Extent, all[^1].Axis, norm).Every(all[..^1], (x, n, axis) => x.Fft(n, axis, norm));
    }

    /// <summary>Undoes <see cref="RFftN"/>: <see cref="IFft"/> along all axes but the last of them, then <see cref="IRFft"/> along that.</summary>
    /// <param name="extents">Elements of the result along each axis, -1 for the default; none means the default everywhere.</param>
    /// <param name="axes">Axes, negative from the back; none means the last ones, as many as extents, or all.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, an extent is below 1, their numbers differ, or there is none.</exception>
    public Tensor IRFftN(ReadOnlySpan<int> extents = default, ReadOnlySpan<int> axes = default, FftNorm norm = FftNorm.Backward)
    {
        (int Axis, int? Extent)[] all = Some(FftAxes("IRFftN", extents, axes), "IRFftN");
        return Every(all[..^1], (x, n, axis) => x.IFft(n, axis, norm)).IRFft(all[^1].Extent, all[^1].Axis, norm);
    }

    /// <summary><see cref="FftN"/> along the last two axes.</summary>
    public Tensor Fft2(FftNorm norm = FftNorm.Backward) => FftN(axes: [-2, -1], norm: norm);

    /// <summary><see cref="IFftN"/> along the last two axes.</summary>
    public Tensor IFft2(FftNorm norm = FftNorm.Backward) => IFftN(axes: [-2, -1], norm: norm);

    /// <summary><see cref="RFftN"/> along the last two axes.</summary>
    public Tensor RFft2(FftNorm norm = FftNorm.Backward) => RFftN(axes: [-2, -1], norm: norm);

    /// <summary><see cref="IRFftN"/> along the last two axes.</summary>
    /// <param name="extents">Elements of the result along them, -1 for the default; none means the default.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    public Tensor IRFft2(ReadOnlySpan<int> extents = default, FftNorm norm = FftNorm.Backward) => IRFftN(extents, [-2, -1], norm);

    Tensor Every((int Axis, int? Extent)[] axes, Func<Tensor, int?, int, Tensor> transform)
    {
        Tensor x = this;
        foreach ((int axis, int? extent) in axes.Reverse())
        {
            x = transform(x, extent, axis);
        }

        return x;
    }

    (int Axis, int? Extent)[] FftAxes(string operation, ReadOnlySpan<int> extents, ReadOnlySpan<int> axes)
    {
        if (!extents.IsEmpty && !axes.IsEmpty && extents.Length != axes.Length)
        {
            throw new ShapeException($"{operation}: {extents.Length} extents and {axes.Length} axes. Give one for each.");
        }

        if (axes.IsEmpty && extents.Length > Rank)
        {
            throw new ShapeException($"{operation}: {extents.Length} extents for {Shape}, which has {Rank} axes. Give at most one for each.");
        }

        int[] places = axes.IsEmpty && !extents.IsEmpty ? [.. Enumerable.Range(Rank - extents.Length, extents.Length)] : AllAxes(axes, operation);
        var pairs = new (int, int?)[places.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (places[i], extents.IsEmpty || extents[i] == -1 ? null : extents[i]);
        }

        return pairs;
    }

    (int Axis, int? Extent)[] Some((int Axis, int? Extent)[] axes, string operation) => axes.Length > 0
        ? axes
        : throw new ShapeException($"{operation}: {Shape} has no axis to transform. Give at least one.");
}
