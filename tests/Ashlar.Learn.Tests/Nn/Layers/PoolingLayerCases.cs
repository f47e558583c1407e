using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class PoolingLayerCases : ILayerCases
{
    public IEnumerable<LayerCase> Rows =>
    [
        new("max pool 1d", () => new MaxPool1d(3, stride: 2, padding: 1), Of(2, 2, 7)) { Apply = (module, x) => Pair(((MaxPool1d)module).ForwardWithIndices(x[0])), Wrong = Of(2, 2, 0) },
        new("max pool 1d dilated", () => new MaxPool1d(2, stride: 2, padding: 1, dilation: 3), Of(2, 2, 8)) { Apply = (module, x) => Pair(((MaxPool1d)module).ForwardWithIndices(x[0])) },
        new("max pool 2d ceil", () => new MaxPool2d(3, stride: 2, ceilMode: true), Of(2, 2, 6, 5)) { Apply = (module, x) => Pair(((MaxPool2d)module).ForwardWithIndices(x[0])), Wrong = Of(2, 2, 2, 2) },
        new("max pool 2d dilated", () => new MaxPool2d((2, 3), stride: 1, padding: 1, dilation: (2, 1)), Of(2, 2, 4, 5)) { Apply = (module, x) => Pair(((MaxPool2d)module).ForwardWithIndices(x[0])) },
        new("max pool 3d", () => new MaxPool3d(2, stride: (1, 2, 2), padding: (0, 1, 0)), Of(2, 2, 3, 3, 4)) { Apply = (module, x) => Pair(((MaxPool3d)module).ForwardWithIndices(x[0])) },
        new("max unpool 1d", () => new MaxUnpool1d(2), Of(2, 2, 6)) { Apply = (module, x) => Unpool(new MaxPool1d(2).ForwardWithIndices(x[0]), (v, i) => ((MaxUnpool1d)module).Forward(v, i)), Wrong = null },
        new("max unpool 2d", () => new MaxUnpool2d(2), Of(2, 2, 5, 4)) { Apply = (module, x) => Unpool(new MaxPool2d(2).ForwardWithIndices(x[0]), (v, i) => ((MaxUnpool2d)module).Forward(v, i, (5, 4))), Wrong = null },
        new("max unpool 3d", () => new MaxUnpool3d(2), Of(2, 1, 2, 4, 2)) { Apply = (module, x) => Unpool(new MaxPool3d(2).ForwardWithIndices(x[0]), (v, i) => ((MaxUnpool3d)module).Forward(v, i)), Wrong = null },
        new("avg pool 1d", () => new AvgPool1d(3, stride: 2, padding: 1, countIncludePad: false), Of(2, 2, 7)),
        new("avg pool 2d ceil", () => new AvgPool2d(3, stride: 2, padding: 1, ceilMode: true), Of(2, 2, 6, 5)),
        new("avg pool 2d ceil without padding", () => new AvgPool2d((3, 2), stride: 2, padding: 1, ceilMode: true, countIncludePad: false), Of(2, 2, 6, 5)),
        new("avg pool 2d divisor", () => new AvgPool2d(2, divisor: 3), Of(2, 1, 4, 4)),
        new("avg pool 3d", () => new AvgPool3d(2, stride: 1), Of(2, 2, 2, 3, 4)),
        new("adaptive avg pool 1d", () => new AdaptiveAvgPool1d(3), Of(2, 2, 7)),
        new("adaptive avg pool 2d", () => new AdaptiveAvgPool2d((3, 2)), Of(2, 2, 5, 4)),
        new("adaptive avg pool 2d larger", () => new AdaptiveAvgPool2d((4, 5)), Of(2, 1, 2, 3)),
        new("adaptive avg pool 3d", () => new AdaptiveAvgPool3d((1, 2, 3)), Of(2, 1, 2, 3, 4)),
        new("adaptive max pool 1d", () => new AdaptiveMaxPool1d(3), Of(2, 2, 7)) { Apply = (module, x) => Pair(((AdaptiveMaxPool1d)module).ForwardWithIndices(x[0])) },
        new("adaptive max pool 2d", () => new AdaptiveMaxPool2d((3, 2)), Of(2, 2, 5, 4)) { Apply = (module, x) => Pair(((AdaptiveMaxPool2d)module).ForwardWithIndices(x[0])) },
        new("adaptive max pool 3d", () => new AdaptiveMaxPool3d((1, 2, 3)), Of(2, 1, 2, 3, 4)) { Apply = (module, x) => Pair(((AdaptiveMaxPool3d)module).ForwardWithIndices(x[0])) },
        new("lp pool 1d", () => new LPPool1d(2, 3, stride: 2), Of(2, 2, 7)),
        new("lp pool 2d", () => new LPPool2d(4, 2), Of(2, 2, 4, 4)),
        new("global avg pool", () => new GlobalAvgPool(), Of(2, 3, 4, 5)) { Wrong = Of(2, 3) },
        new("global max pool", () => new GlobalMaxPool(keepAxes: true), Of(2, 3, 4)) { Wrong = Of(2, 3) },
    ];

    static Tensor[] Pair((Tensor Values, Tensor Indices) both) => [both.Values, both.Indices];

    static Tensor[] Unpool((Tensor Values, Tensor Indices) pooled, Func<Tensor, Tensor, Tensor> back) => [back(pooled.Values, pooled.Indices)];
}
