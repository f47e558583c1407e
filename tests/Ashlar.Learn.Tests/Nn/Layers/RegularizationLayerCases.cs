using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class RegularizationLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("dropout", () => new Dropout(0.5), Of(4, 6)) { Wrong = null, TrainDiffers = true },
        new("dropout 1d", () => new Dropout1d(0.5), Of(4, 6, 2)) { TrainDiffers = true },
        new("dropout 2d", () => new Dropout2d(0.5), Of(4, 6, 2, 2)) { TrainDiffers = true },
        new("dropout 3d", () => new Dropout3d(0.5), Of(4, 6, 2, 1, 2)) { TrainDiffers = true },
        new("alpha dropout", () => new AlphaDropout(0.5), Of(4, 6)) { Wrong = null, TrainDiffers = true },
    ];
}
