using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class BasicLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("linear", () => new Linear(5, 3), Of(4, 5)) { Wrong = Of(4, 4) },
        new("batch norm 2d", () => new BatchNorm2d(3), Of(3, 3, 2, 4)) { Wrong = Of(3, 2, 2, 4), TrainDiffers = true },
    ];
}
