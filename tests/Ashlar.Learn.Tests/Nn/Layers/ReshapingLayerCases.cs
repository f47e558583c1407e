using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class ReshapingLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("identity", () => new Identity(), Of(2, 3)) { Wrong = null },
        new("flatten", () => new Flatten(), Of(2, 3, 2)),
        new("flatten of two axes", () => new Flatten(0, 1), Of(2, 3, 2)) { BatchAxis = -1 },
        new("unflatten", () => new Unflatten(1, 2, 3), Of(2, 6)) { Wrong = Of(2, 5) },
        new("unfold", () => new Unfold((2, 3), dilation: (2, 1), padding: (1, 0), stride: (1, 2)), Of(2, 2, 4, 5)) { Wrong = Of(2, 4, 5) },
        new("fold", () => new Fold((4, 5), (2, 3), dilation: (2, 1), padding: (1, 0), stride: (1, 2)), Of(2, 12, 8)) { Wrong = Of(2, 12, 7) },
        new("pixel shuffle", () => new PixelShuffle(2), Of(2, 8, 2, 3)) { Wrong = Of(2, 6, 2, 3) },
        new("pixel unshuffle", () => new PixelUnshuffle(2), Of(2, 2, 4, 2)) { Wrong = Of(2, 2, 3, 2) },
        new("upsample nearest", () => new Upsample(2), Of(2, 2, 3)) { Wrong = Of(2, 3) },
        new("upsample nearest to size", () => new Upsample([5, 2]), Of(2, 2, 3, 4)),
        new("upsample linear", () => new Upsample(1.5, InterpolationMode.Linear), Of(2, 2, 5)),
        new("upsample bilinear", () => new Upsample([5, 3], InterpolationMode.Linear), Of(2, 2, 3, 4)),
        new("upsample bicubic", () => new Upsample([5, 7], InterpolationMode.Cubic), Of(2, 2, 3, 4)) { Wrong = Of(2, 3) },
        new("upsample bicubic smaller", () => new Upsample(0.75, InterpolationMode.Cubic), Of(2, 1, 8, 4)),
        new("upsample bicubic aligned", () => new Upsample([5, 3], InterpolationMode.Cubic, alignCorners: true), Of(2, 2, 3, 4)),
        new("upsample bilinear aligned", () => new Upsample([5, 3], InterpolationMode.Linear, alignCorners: true), Of(2, 2, 3, 4)),
    ];
}
