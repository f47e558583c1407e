namespace Ashlar.Onnx.Operators;

/// <summary>Fourier transforms of signals whose last axis holds one real number or a pair.</summary>
static class SignalOperators
{
    public static Operator[] All { get; } =
    [
        new("DFT", 17, Dft),
        new("STFT", 17, Stft),
    ];

    static Results Dft(OperatorCall c)
    {
        Tensor x = c[0];
        int axis = OperatorCall.Axis(c.Opset < 20 ? c.Int("axis", 1) : c.Has(2) ? c.Int(2) : -2, x.Rank);
        int n = c.Has(1) ? c.Int(1) : x.Shape[axis];
        bool oneSided = c.Flag("onesided");
        if (c.Flag("inverse"))
        {
            return oneSided ? Numbers(x).IRFft(c.Has(1) ? n : 2 * (x.Shape[axis] - 1), axis).Unsqueeze(-1) : Numbers(x).IFft(n, axis).ViewAsReal();
        }

        return oneSided && x.Shape[^1] == 1 ? x.Squeeze(-1).RFft(n, axis).ViewAsReal()
            : oneSided ? Numbers(x).Fft(n, axis).ViewAsReal().Slice(axis, 0, (n / 2) + 1)
            : Numbers(x).Fft(n, axis).ViewAsReal();
    }

    static Tensor Numbers(Tensor x)
    {
        Tensor real = x.Slice(x.Rank - 1, 0, 1).Squeeze(-1);
        return Tensor.Complex(real, x.Shape[^1] == 2 ? x.Slice(x.Rank - 1, 1, 1).Squeeze(-1) : Tensor.ZerosLike(real));
    }

    static Results Stft(OperatorCall c)
    {
        Tensor x = c[0].Rank == 2 ? c[0].Unsqueeze(-1) : c[0];
        int step = c.Int(1);
        int length = c.Has(3) ? c.Int(3) : c[2].Size;
        int frames = ((x.Shape[1] - length) / step) + 1;
        Tensor index = (Tensor.Arange(frames).Reshape(-1, 1) * step) + Tensor.Arange(length);
        Tensor cut = x.Take(index, 1);                                                        // [N, frames, length, parts]
        cut = c.Maybe(2) is { } window ? cut * window.To(x.DType).Reshape(-1, 1) : cut;
        bool oneSided = c.Flag("onesided", true);
        return x.Shape[2] == 1 && oneSided ? cut.Squeeze(-1).RFft(length, 2).ViewAsReal()
            : oneSided ? Numbers(cut).Fft(length, 2).ViewAsReal().Slice(2, 0, (length / 2) + 1)
            : Numbers(cut).Fft(length, 2).ViewAsReal();
    }
}
