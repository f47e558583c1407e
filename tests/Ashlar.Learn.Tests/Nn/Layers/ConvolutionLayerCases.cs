using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class ConvolutionLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("conv1d", () => new Conv1d(2, 3, 3), Of(2, 2, 7)) { Wrong = Of(2, 3, 7) },
        new("conv1d with all", () => new Conv1d(4, 6, 3, stride: 2, padding: 2, dilation: 2, groups: 2, bias: false), Of(2, 4, 7)) { Wrong = Of(2, 2, 7) },
        new("conv2d in groups", () => new Conv2d(4, 4, (3, 2), stride: (1, 2), padding: (1, 0), groups: 2), Of(2, 4, 4, 5)) { Wrong = Of(2, 4, 4, 1) },
        new("conv2d depthwise", () => new Conv2d(3, 6, 3, padding: 1, groups: 3), Of(2, 3, 4, 5)) { Wrong = Of(4, 5) },
        new("conv2d reflect", () => new Conv2d(1, 2, 3, padding: (2, 1), paddingMode: PadMode.Reflect), Of(2, 1, 4, 5)) { Wrong = Of(2, 2, 4, 5) },
        new("conv2d replicate", () => new Conv2d(1, 2, 3, padding: (2, 1), paddingMode: PadMode.Replicate), Of(2, 1, 3, 4)),
        new("conv2d circular", () => new Conv2d(1, 2, 3, padding: (2, 1), paddingMode: PadMode.Circular), Of(2, 1, 4, 3)),
        new("conv1d same", () => new Conv1d(2, 2, 4, same: true), Of(2, 2, 6)) { Wrong = Of(2, 3, 6) },
        new("conv2d same", () => new Conv2d(2, 2, (3, 2), dilation: (2, 1), same: true), Of(2, 2, 4, 5)) { Wrong = Of(2, 3, 4, 5) },
        new("conv2d same circular", () => new Conv2d(1, 2, (3, 4), paddingMode: PadMode.Circular, same: true), Of(2, 1, 4, 5)) { Wrong = Of(2, 2, 4, 5) },
        new("conv3d same", () => new Conv3d(1, 2, (1, 2, 3), same: true), Of(2, 1, 2, 3, 4)) { Wrong = Of(2, 2, 2, 3, 4) },
        new("conv2d without batch", () => new Conv2d(2, 2, 2), Of(2, 3, 4)) { BatchAxis = -1 },
        new("conv3d", () => new Conv3d(2, 2, (2, 2, 3), padding: (0, 1, 1), stride: (1, 2, 1)), Of(2, 2, 3, 3, 4)) { Wrong = Of(1, 2, 1, 3, 4) },
        new("conv transpose 1d", () => new ConvTranspose1d(2, 3, 3), Of(2, 2, 4)) { Wrong = Of(2, 3, 4) },
        new("conv transpose 1d with all", () => new ConvTranspose1d(4, 2, 3, stride: 3, padding: 2, outputPadding: 1, groups: 2, bias: false, dilation: 2), Of(2, 4, 4)),
        new("conv transpose 2d", () => new ConvTranspose2d(2, 2, (3, 2), stride: (2, 1), padding: (1, 0), outputPadding: (1, 0)), Of(2, 2, 3, 4)) { Wrong = Of(1, 1, 3, 4) },
        new("conv transpose 3d", () => new ConvTranspose3d(2, 1, 2, stride: (2, 1, 2)), Of(2, 2, 2, 2, 3)) { Wrong = Of(1, 1, 3, 4) },
    ];
}
