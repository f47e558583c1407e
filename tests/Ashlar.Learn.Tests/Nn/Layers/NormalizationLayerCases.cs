using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class NormalizationLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("batch norm 1d", () => new BatchNorm1d(3), Of(4, 3)) { Wrong = Of(4, 2), TrainDiffers = true },
        new("batch norm 1d of sequences", () => new BatchNorm1d(2, affine: false), Of(2, 2, 4)) { TrainDiffers = true },
        new("batch norm 2d evaluated", () => new BatchNorm2d(2), Of(2, 2, 2, 3)) { TrainDiffers = true },
        new("batch norm 3d", () => new BatchNorm3d(2, epsilon: 1e-3, momentum: 0.25), Of(2, 2, 2, 1, 3)) { TrainDiffers = true },
        new("layer norm", () => new LayerNorm(5), Of(2, 3, 5)) { Wrong = Of(2, 3, 4) },
        new("layer norm of images", () => new LayerNorm(new Shape(3, 2), epsilon: 1e-3), Of(2, 3, 2)) { Wrong = Of(2) },
        new("rms norm", () => new RMSNorm(5), Of(2, 3, 5)) { Wrong = Of(2, 3, 4) },
        new("group norm", () => new GroupNorm(2, 4), Of(2, 4, 3)) { Wrong = Of(2, 6, 3) },
        new("instance norm 1d", () => new InstanceNorm1d(2), Of(2, 2, 5)) { Wrong = Of(2, 3, 5) },
        new("instance norm 2d", () => new InstanceNorm2d(2, affine: true), Of(2, 2, 2, 3)),
        new("instance norm 3d", () => new InstanceNorm3d(2), Of(2, 2, 2, 2, 2)),
        new("local response norm", () => new LocalResponseNorm(3, alpha: 0.5, k: 2), Of(2, 4, 3)) { Wrong = Of(2, 4) },
        new("local response norm of two", () => new LocalResponseNorm(2, alpha: 0.5), Of(2, 3, 3)),
    ];
}
