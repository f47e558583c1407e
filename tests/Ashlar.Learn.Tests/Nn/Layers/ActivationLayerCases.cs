using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class ActivationLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        .. Plain.Select(build => new LayerCase(build().GetType().Name, build, Of(2, 6)) { Wrong = null }),
        new("rrelu", () => new RReLU(), Of(2, 6)) { Wrong = null, TrainDiffers = true },
        new("prelu", () => new PReLU(3), Of(2, 3, 4)) { Wrong = null },
        new("softmax 2d", () => new Softmax2d(), Of(2, 3, 2, 2)) { Wrong = null },
        new("threshold", () => new Threshold(0.5, 2), Of(2, 6)) { Wrong = null },
        new("maxout", () => new Maxout(2), Of(2, 6)) { Wrong = null },
    ];

    static Func<Module>[] Plain =>
    [
        () => new CELU(), () => new ELU(), () => new GEGLU(), () => new GELU(), () => new GLU(), () => new Hardshrink(), () => new Hardsigmoid(), () => new Hardswish(), () => new Hardtanh(),
        () => new LeakyReLU(), () => new LogSigmoid(), () => new LogSoftmax(), () => new Mish(), () => new ReLU(), () => new ReLU6(), () => new SELU(), () => new SiLU(), () => new Sigmoid(),
        () => new Softmax(), () => new Softmin(), () => new Softplus(), () => new Softshrink(), () => new Softsign(), () => new SwiGLU(), () => new Tanh(), () => new Tanhshrink(),
    ];
}
