using System.Text.Json;

namespace Ashlar.Tests.Fft;

public sealed class StftTests
{
    const double Tolerance = 5e-15;

    // Where few samples of a window cover one of the signal, dividing by their squares enlarges the error.
    const double InverseTolerance = 1e-12;

    static readonly Tensor Signal = FftVectors.Real(5, 2, 24);

    static readonly Dictionary<string, (Func<Tensor> Forward, Func<Tensor, int?, Tensor> Back)> Rows = new()
    {
        ["plain"] = (() => Signal.Stft(16), (z, length) => z.IStft(16, length: length)),
        ["windowed"] = (() => Signal.Stft(16, 5, Window.Hann(16, type: DType.Float64)), (z, length) => z.IStft(16, 5, Window.Hann(16, type: DType.Float64), length: length)),
        ["short window"] = (() => Signal.Stft(15, 4, Window.Hamming(10, type: DType.Float64)), (z, length) => z.IStft(15, 4, Window.Hamming(10, type: DType.Float64), length: length)),
        ["not centred"] = (() => Signal.Stft(16, 8, center: false), (z, length) => z),
        ["normalized"] = (() => Signal.Stft(12, normalized: true, padding: FramePadding.Zeros), (z, length) => z.IStft(12, normalized: true, length: length)),
        ["both sides"] = (() => Signal.Stft(8, oneSided: false, padding: FramePadding.Circular), (z, length) => z.IStft(8, oneSided: false, length: length)),
        ["replicated"] = (() => Signal.Stft(9, 3, padding: FramePadding.Replicate), (z, length) => z.IStft(9, 3, length: length)),
    };

    [Fact]
    public void Transforms_of_frames_and_their_inverses_are_PyTorchs()
    {
        foreach (JsonElement row in FftVectors.Rows("stft"))
        {
            (Func<Tensor> forward, Func<Tensor, int?, Tensor> back) = Rows[row.GetProperty("name").GetString()!];
            Tensor found = forward();
            Assert.Equal([.. row.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())], found.Shape);
            FftVectors.AssertClose(row.GetProperty("values"), found, Tolerance);
            if (row.TryGetProperty("back", out JsonElement whole))
            {
                FftVectors.AssertClose(whole, back(found, null), InverseTolerance);
                FftVectors.AssertClose(row.GetProperty("back of 21"), back(found, 21), InverseTolerance);
            }
        }
    }

    [Fact]
    public void A_gradient_passes_through_frames_and_back()
    {
        // What is taken apart and put together is the signal itself, so the gradient of its squares is twice it.
        Tensor gradient = Transform.Gradient(x => x.Stft(8, 2, Window.Hann(8, type: DType.Float64)).IStft(8, 2, Window.Hann(8, type: DType.Float64)).Pow(2).Sum())(Signal);
        double[] expected = (Signal * 2).ToArray<double>();
        double[] found = gradient.ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(found[i], expected[i] - 1e-13, expected[i] + 1e-13);
        }
    }

    [Fact]
    public void Wrong_frames_are_refused_with_a_remedy()
    {
        AssertRefuses("Stft: frames of 0 samples every 1. Give 1 or more of both.", () => Signal.Stft(0, 1));
        AssertRefuses("Stft: frames of 3 samples every 0. Give 1 or more of both.", () => Signal.Stft(3));
        AssertRefuses("Stft: the signal [2, 24] is shorter than a frame of 32 samples. Pad it, or take shorter frames.", () => Signal.Stft(32, center: false));
        AssertRefuses("Stft: 32 samples of padding by Reflect need a longer signal than [2, 24]. Pad with zeros, or take shorter frames.", () => Signal.Stft(64));
        AssertRefuses("Stft: the window is [9], a frame has 8 samples. Give a window [at most 8].", () => Signal.Stft(8, window: Window.Hann(9)));
        AssertRefuses("Stft: a single number has no frames. Give a signal [..., samples].", () => Tensor.Scalar(1).Stft(4));
        AssertRefuses("IStft: [2, 24] holds no transforms of frames of 8 samples. Give [..., 8, frames].", () => Signal.IStft(8));
    }

    static void AssertRefuses(string message, Func<object> act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
