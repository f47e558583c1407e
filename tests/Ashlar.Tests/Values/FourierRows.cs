using Ashlar.Tests.Fft;
using Ashlar.Tests.Primitives;
using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Transforms and convolutions, whose values tools/vectors/fft.py records; complex operands and results are pairs of reals.</summary>
sealed class FourierRows : IFunctionTable
{
    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            FunctionRow[] rows =
            [
                Complex("Fft", z => z.Fft().ViewAsReal(), 5),
                Complex("IFft", z => z.IFft(4).ViewAsReal(), 5),
                Complex("Fft2", z => z.Fft2().ViewAsReal(), 3, 4),
                Complex("IFft2", z => z.IFft2().ViewAsReal(), 3, 4),
                Complex("FftN", z => z.FftN().ViewAsReal(), 2, 3, 4),
                Complex("IFftN", z => z.IFftN(axes: [0, 2]).ViewAsReal(), 2, 3, 4),
                Complex("IRFft", z => z.IRFft(6), 4),
                Complex("IRFft2", z => z.IRFft2(), 3, 4),
                Complex("IRFftN", z => z.IRFftN(), 2, 3, 4),
                Complex("HFft", z => z.HFft(), 5),
                Real("RFft", x => x.RFft(norm: FftNorm.Ortho).ViewAsReal(), 7),
                Real("RFft2", x => x.RFft2().ViewAsReal(), 3, 4),
                Real("RFftN", x => x.RFftN().ViewAsReal(), 2, 3, 4),
                Real("IHFft", x => x.IHFft().ViewAsReal(), 6),
                Real("Dct", x => x.Dct(), 2, 5),
                Real("IDct", x => x.IDct(0), 4, 2),
                Real("FftShift", x => x.FftShift(), 3, 4),
                Real("IFftShift", x => x.IFftShift(1), 3, 5),
            ];
            FunctionRow[] convolutions =
            [
                Many("Convolve", x => [x[0].Convolve(x[1]), x[0].Convolve(x[1], ConvolutionMode.Same)], Grid(-2, 2, 7), Grid(-2, 2, 3)),
                Many("Correlate", x => [x[0].Correlate(x[1])], Grid(-2, 2, 7), Grid(-2, 2, 3)),
                Many("FftConvolve", x => [x[0].FftConvolve(x[1])], Grid(-2, 2, 7), Grid(-2, 2, 3)),
            ];
            FunctionRow[] frames =
            [
                Real("Stft", x => x.Stft(8).ViewAsReal(), 20),
                Real("IStft", x => x.Stft(8).IStft(8), 20),
            ];
            return
            [
                .. rows.Select(row => row.Name is "RFft2" or "IRFft2" ? row with { Absolute = 1e-14, Reason = "sums of a dozen products in another order" } : row with { Holder = typeof(FftTests) }),
                .. convolutions.Select(row => row with { Holder = typeof(ConvolveTests) }),
                .. frames.Select(row => row with { Holder = typeof(StftTests) }),
            ];
        }
    }

    static FunctionRow Real(string name, Func<Tensor, Tensor> body, params ReadOnlySpan<int> extents) => new(name, body, x => [body(x[0])], [Grid(-2, 2, extents)]);

    static FunctionRow Complex(string name, Func<Tensor, Tensor> body, params ReadOnlySpan<int> extents)
    {
        Operand part = Grid(-2, 2, extents);
        return new(name, body, x => [body(Tensor.Complex(x[0], x[1]))], [part, part]);
    }
}
