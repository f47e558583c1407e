using Ashlar.Nn;
using static Ashlar.Learn.Tests.Nn.Layers.LayerInput;

namespace Ashlar.Learn.Tests.Nn.Layers;

sealed class RecurrentLayerCases : ILayerCases
{
    static readonly long[] Steps = [3, 4, 1];

    static Tensor Lengths => Tensor.From(Steps, 3);

    public IEnumerable<LayerCase> Rows =>
    [
        new("rnn", () => new RNN(3, 2), Of(3, 2, 3)) { Apply = (module, x) => Two(((RNN)module).ForwardWithState(x[0])), BatchAxis = 1, Wrong = Of(3, 2, 2) },
        new("rnn rectified of two layers", () => new RNN(3, 2, layers: 2, bias: false, batchFirst: true, bidirectional: true, rectified: true), Of(2, 3, 3), Of(4, 2, 2)) { Apply = (module, x) => Two(((RNN)module).ForwardWithState(x[0], x[1])), BatchAxis = -1, Wrong = Of(2, 0, 3) },
        new("lstm", () => new LSTM(3, 2), Of(3, 2, 3), Of(1, 2, 2), Of(1, 2, 2)) { Apply = (module, x) => Three(((LSTM)module).ForwardWithState(x[0], (x[1], x[2]))), BatchAxis = 1, Wrong = Of(3, 3) },
        new("lstm of two layers", () => new LSTM(2, 2, layers: 2, bidirectional: true), Of(3, 2, 2)) { Apply = (module, x) => Three(((LSTM)module).ForwardWithState(x[0])), BatchAxis = 1 },
        new("lstm with lengths", () => new LSTM(2, 3, batchFirst: true, bidirectional: true), Of(3, 4, 2)) { Apply = (module, x) => Three(((LSTM)module).ForwardWithState(x[0], lengths: Lengths)), BatchAxis = -1 },
        new("lstm with dropout", () => new LSTM(2, 4, layers: 2, dropout: 0.5), Of(3, 2, 2)) { BatchAxis = 1, TrainDiffers = true },
        new("gru", () => new GRU(3, 2, batchFirst: true), Of(2, 3, 3), Of(1, 2, 2)) { Apply = (module, x) => Two(((GRU)module).ForwardWithState(x[0], x[1])), BatchAxis = -1, Wrong = Of(2, 3, 2) },
        new("gru with lengths", () => new GRU(2, 2, layers: 2, bidirectional: true), Of(4, 3, 2), Of(4, 3, 2)) { Apply = (module, x) => Two(((GRU)module).ForwardWithState(x[0], x[1], Lengths)), BatchAxis = -1 },
        new("gru without batch", () => new GRU(3, 2), Of(3, 3)) { Apply = (module, x) => Two(((GRU)module).ForwardWithState(x[0])), BatchAxis = -1 },
        new("rnn cell", () => new RNNCell(3, 2), Of(2, 3), Of(2, 2)) { Apply = (module, x) => [((RNNCell)module).Forward(x[0], x[1])], Wrong = Of(2, 2) },
        new("lstm cell", () => new LSTMCell(3, 2), Of(2, 3), Of(2, 2), Of(2, 2)) { Apply = (module, x) => { (Tensor h, Tensor c) = ((LSTMCell)module).Forward(x[0], (x[1], x[2])); return [h, c]; }, Wrong = Of(3, 3) },
        new("gru cell", () => new GRUCell(3, 2, bias: false), Of(2, 3), Of(2, 2)) { Apply = (module, x) => [((GRUCell)module).Forward(x[0], x[1])], Wrong = Of(2, 3, 1) },
    ];

    static Tensor[] Two((Tensor Output, Tensor State) result) => [result.Output, result.State];

    static Tensor[] Three((Tensor Output, (Tensor Hidden, Tensor Cell) State) result) => [result.Output, result.State.Hidden, result.State.Cell];
}
