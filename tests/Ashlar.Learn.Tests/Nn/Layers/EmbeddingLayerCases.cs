using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class EmbeddingLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("embedding", () => new Embedding(5, 3, paddingIndex: 1), Whole(5, 2, 3)) { Wrong = Of(2, 3) },
        new("embedding bag mean", () => new EmbeddingBag(5, 3, paddingIndex: 1), Whole(5, 3, 3)) { Wrong = Whole(5, 3) },
        new("embedding bag sum", () => new EmbeddingBag(5, 3, BagMode.Sum), Whole(5, 3, 3), Of(3, 3)) { Apply = (module, x) => [((EmbeddingBag)module).Forward(x[0], x[1])], Wrong = Whole(5, 3) },
        new("embedding bag max", () => new EmbeddingBag(5, 3, BagMode.Max, paddingIndex: 1), Whole(5, 3, 3)),
        new("bilinear", () => new Bilinear(3, 4, 2), Of(2, 3), Of(2, 4)) { Apply = (module, x) => [((Bilinear)module).Forward(x[0], x[1])], Wrong = Of(2, 2) },
    ];
}
