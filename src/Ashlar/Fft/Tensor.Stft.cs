namespace Ashlar;

/// <content>The short-time Fourier transform, with PyTorch's meaning of every option.</content>
public sealed partial class Tensor
{
    /// <summary>Transforms of overlapping frames of a signal: X[…, k, f] = Σ w[j] x[…, f · hop + j] e^(-2πijk/n).</summary>
    /// <param name="n">Samples of a frame, ≥ 1.</param>
    /// <param name="hop">Samples from one frame to the next, ≥ 1; n / 4 by default.</param>
    /// <param name="window">w, [at most n], set in the middle of a frame between zeros; ones by default.</param>
    /// <param name="center">Whether frame f is centred at f · hop: n / 2 samples are added on both sides first.</param>
    /// <param name="padding">What those are.</param>
    /// <param name="normalized">Whether to divide by √n.</param>
    /// <param name="oneSided">Whether only the n/2 + 1 frequencies ≥ 0 are kept; by default those of a real signal.</param>
    /// <returns>Complex, [..., frequencies, frames].</returns>
    /// <exception cref="ShapeException">The signal has no axis or is shorter than a frame or its padding, n, hop or the window do not fit.</exception>
    /// <exception cref="DTypeException">One side is asked for of a complex signal.</exception>
    public Tensor Stft(int n, int? hop = null, Tensor? window = null, bool center = true, FramePadding padding = FramePadding.Reflect, bool normalized = false, bool? oneSided = null)
    {
        int step = Step("Stft", n, hop);
        if (Rank == 0)
        {
            throw new ShapeException("Stft: a single number has no frames. Give a signal [..., samples].");
        }

        bool half = oneSided ?? !DType.IsComplex;
        Tensor signal = center ? Around(n / 2, padding) : this;
        if (signal.Shape[^1] < n)
        {
            throw new ShapeException($"Stft: the signal {Shape} is shorter than a frame of {n} samples. Pad it, or take shorter frames.");
        }

        var frames = new Frames(n, step, 1 + ((signal.Shape[^1] - n) / step));
        Tensor pieces = frames.Cut(signal) * Fill("Stft", window, n, signal.DType);
        FftNorm norm = normalized ? FftNorm.Ortho : FftNorm.Backward;
        return (half ? pieces.RFft(norm: norm) : pieces.Fft(norm: norm)).SwapAxes(-1, -2);
    }

    /// <summary>The signal of which this is the <see cref="Stft"/>: frames are transformed back, weighted and added, and the sum is divided by that of the squared windows.</summary>
    /// <param name="n">Samples of a frame.</param>
    /// <param name="hop">Samples from one frame to the next; n / 4 by default.</param>
    /// <param name="window">As given to <see cref="Stft"/>.</param>
    /// <param name="center">As given to <see cref="Stft"/>: n / 2 samples at both ends are left out.</param>
    /// <param name="normalized">As given to <see cref="Stft"/>.</param>
    /// <param name="oneSided">Whether only frequencies ≥ 0 are given; by default if there are n/2 + 1 of them.</param>
    /// <param name="length">Samples of the result: it is cut or filled with zeros; by default what the frames hold.</param>
    /// <returns>[..., samples], real if one side is given.</returns>
    /// <exception cref="ShapeException">This is no [..., frequencies, frames] for n.</exception>
    /// <remarks>Samples that no window covers are divided by nothing and stay 0.</remarks>
    public Tensor IStft(int n, int? hop = null, Tensor? window = null, bool center = true, bool normalized = false, bool? oneSided = null, int? length = null)
    {
        int step = Step("IStft", n, hop);
        bool half = oneSided ?? (Rank > 1 && Shape[^2] == (n / 2) + 1);
        if (Rank < 2 || Shape[^2] != (half ? (n / 2) + 1 : n) || Shape[^1] < 1)
        {
            throw new ShapeException($"IStft: {Shape} holds no transforms of frames of {n} samples. Give [..., {(half ? (n / 2) + 1 : n)}, frames].");
        }

        FftNorm norm = normalized ? FftNorm.Ortho : FftNorm.Backward;
        Tensor spectra = SwapAxes(-1, -2);
        Tensor pieces = half ? spectra.IRFft(n, norm: norm) : spectra.IFft(norm: norm);
        Tensor weights = Fill("IStft", window, n, pieces.DType.RealType);
        var frames = new Frames(n, step, Shape[^1]);
        Tensor sum = frames.Add(pieces * weights);
        Tensor cover = frames.Add((weights * weights).BroadcastTo(new Shape(frames.Count, n)));
        Tensor covered = cover > 1e-11;
        Tensor signal = Where(covered, sum / Where(covered, cover, Scalar(1, cover.DType)), Scalar(0, cover.DType));

        int first = center ? n / 2 : 0;
        int most = signal.Shape[^1] - first;
        int wanted = length ?? (center ? most - (n / 2) : most);
        int kept = Math.Min(wanted, most);
        Tensor cut = signal.Slice(-1, first, kept);
        int[] after = new int[Rank - 1];
        after[^1] = wanted - kept;
        return wanted > kept ? cut.Pad(new int[Rank - 1], after) : cut;
    }

    static int Step(string operation, int n, int? hop)
    {
        int step = hop ?? n / 4;
        return n >= 1 && step >= 1
            ? step
            : throw new ShapeException($"{operation}: frames of {n} samples every {step}. Give 1 or more of both.");
    }

    // The window in the middle of n weights, the others 0.
    static Tensor Fill(string operation, Tensor? window, int n, DType type)
    {
        if (window is null)
        {
            return Ones(new Shape(n), type.RealType);
        }

        if (window.Rank != 1 || window.Shape[0] > n)
        {
            throw new ShapeException($"{operation}: the window is {window.Shape}, a frame has {n} samples. Give a window [at most {n}].");
        }

        int before = (n - window.Shape[0]) / 2;
        return window.Pad([before], [n - window.Shape[0] - before]);
    }

    // The signal with samples added on both sides of its last axis.
    Tensor Around(int count, FramePadding padding)
    {
        int extent = Shape[^1];
        if (padding == FramePadding.Zeros || count == 0)
        {
            var around = new int[Rank];
            around[^1] = count;
            return Pad(around, around);
        }

        int most = padding switch { FramePadding.Reflect => extent - 1, FramePadding.Circular => extent, _ => extent == 0 ? 0 : int.MaxValue };
        if (count > most)
        {
            throw new ShapeException($"Stft: {count} samples of padding by {padding} need a longer signal than {Shape}. Pad with zeros, or take shorter frames.");
        }

        return padding switch
        {
            FramePadding.Reflect => Concat([Slice(-1, 1, count).Flip(-1), this, Slice(-1, extent - 1 - count, count).Flip(-1)], -1),
            FramePadding.Circular => Concat([Slice(-1, extent - count, count), this, Slice(-1, 0, count)], -1),
            _ => Concat([Edge(0), this, Edge(extent - 1)], -1),
        };

        Tensor Edge(int place) => Slice(-1, place, 1).BroadcastTo(new Shape([.. Shape.Extents[..^1], count]));
    }
}
