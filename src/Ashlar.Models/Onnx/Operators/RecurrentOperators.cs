using Ashlar.Nn;

namespace Ashlar.Onnx.Operators;

/// <summary>Recurrent layers. The projections of all inputs are one product; the steps are one loop of the graph.</summary>
static class RecurrentOperators
{
    static readonly string[] Known = ["Tanh", "Sigmoid", "Relu", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu", "Softsign", "Softplus", "Affine"];

    public static Operator[] All { get; } =
    [
        new("RNN", 1, c => Run(c, 1, Rnn, ["Tanh"])),
        new("GRU", 1, c => Run(c, 3, Gru, ["Sigmoid", "Tanh"])),
        new("LSTM", 1, c => Run(c, 4, Lstm, ["Sigmoid", "Tanh", "Tanh"])),
    ];

    /// <summary>What one direction of a layer works with.</summary>
    /// <param name="Call">The node.</param>
    /// <param name="R">[gates · hidden, hidden].</param>
    /// <param name="InputBias">[gates · hidden].</param>
    /// <param name="HiddenBias">[gates · hidden].</param>
    /// <param name="Peepholes">[3 · hidden], or null.</param>
    /// <param name="Functions">The activations.</param>
    sealed record Direction(OperatorCall Call, Tensor R, Tensor InputBias, Tensor HiddenBias, Tensor? Peepholes, Func<Tensor, Tensor>[] Functions);

    static Results Run(OperatorCall c, int gates, Func<Direction, Tensor, Tensor[], Tensor[]> step, string[] missing)
    {
        bool batchFirst = c.Flag("layout");
        // Half floats are computed in float32 and rounded once, behind the last step.
        DType type = c[0].DType;
        Tensor Wide(Tensor given) => type.IsHalf ? given.To(DType.Float32) : given;
        Tensor x = Wide(batchFirst ? c[0].Permute(1, 0, 2) : c[0]);                           // [T, N, I]
        (int time, int batch) = (x.Shape[0], x.Shape[1]);
        int hidden = c[2].Shape[2];
        string direction = c.Text("direction", "forward");
        int directions = direction == "bidirectional" ? 2 : 1;
        bool hasCell = gates == 4;
        var outputs = new List<Tensor>();
        var finals = new List<Tensor>();
        var cells = new List<Tensor>();
        for (int d = 0; d < directions; d++)
        {
            Tensor bias = c.Maybe(3) is { } b ? Wide(b).Slice(0, d, 1).Squeeze(0) : Tensor.Zeros(new Shape(2 * gates * hidden), x.DType);
            Tensor w = Wide(c[1]).Slice(0, d, 1).Squeeze(0);                                         // [gates · hidden, I]
            var layer = new Direction(c, Wide(c[2]).Slice(0, d, 1).Squeeze(0), bias.Slice(0, 0, gates * hidden), bias.Slice(0, gates * hidden, gates * hidden),
                hasCell && c.Maybe(7) is { } p ? Wide(p).Slice(0, d, 1).Squeeze(0) : null, Functions(c, missing, d));
            Tensor State(int input) => c.Maybe(input) is { } given ? Wide(batchFirst ? given.Slice(1, d, 1).Squeeze(1) : given.Slice(0, d, 1).Squeeze(0)) : Tensor.Zeros(new Shape(batch, hidden), x.DType);
            Tensor[] states = hasCell ? [State(5), State(6)] : [State(5)];
            Tensor projected = x.MatMul(w.T);                                                  // [T, N, gates · hidden]
            Tensor places = Tensor.Arange(time).To(DType.Int64);
            Tensor? lengths = c.Maybe(4)?.To(DType.Int64).Reshape(-1, 1);
            bool reverse = d == 1 || direction == "reverse";
            (Tensor[] last, Tensor[] stacked) = Control.Loop(states, [projected, places], (carry, inputs) =>
            {
                Tensor[] next = step(layer, inputs[0], carry);
                if (lengths is null)
                {
                    return (next, [next[0]]);
                }

                // Beyond a sequence's end its state stays and its output is 0.
                Tensor alive = inputs[1] < lengths;
                return ([.. next.Select((value, i) => Tensor.Where(alive, value, carry[i]))], [Tensor.Where(alive, next[0], Tensor.ZerosLike(next[0]))]);
            }, null, reverse);
            outputs.Add(stacked[0]);
            finals.Add(last[0]);
            if (hasCell)
            {
                cells.Add(last[1]);
            }
        }

        Tensor y = Tensor.Stack([.. outputs], 1).To(type);                                     // [T, D, N, H]
        int along = batchFirst ? 1 : 0;
        Tensor final = Tensor.Stack([.. finals], along).To(type);
        y = batchFirst ? y.Permute(2, 0, 1, 3) : y;
        return hasCell ? (Tensor[])[y, final, Tensor.Stack([.. cells], along).To(type)] : [y, final];
    }

    static Tensor Clipped(Direction d, Tensor x) => d.Call.Attributes.Has("clip") ? x.Clip(-(double)d.Call.Float("clip", 0), d.Call.Float("clip", 0)) : x;

    static Tensor Gate(Tensor x, int gate, Tensor state) => x.Slice(x.Rank - 1, gate * state.Shape[1], state.Shape[1]);

    static Tensor[] Rnn(Direction d, Tensor x, Tensor[] state) =>
        [d.Functions[0](Clipped(d, x + state[0].MatMul(d.R.T) + d.InputBias + d.HiddenBias))];

    static Tensor[] Gru(Direction d, Tensor x, Tensor[] state)
    {
        Tensor h = state[0];
        int hidden = h.Shape[1];
        Tensor r = d.R.Slice(0, 0, 2 * hidden);
        Tensor both = x.Slice(1, 0, 2 * hidden) + h.MatMul(r.T) + d.InputBias.Slice(0, 0, 2 * hidden) + d.HiddenBias.Slice(0, 0, 2 * hidden);
        Tensor update = d.Functions[0](Clipped(d, Gate(both, 0, h)));
        Tensor reset = d.Functions[0](Clipped(d, Gate(both, 1, h)));
        Tensor rh = d.R.Slice(0, 2 * hidden, hidden).T;
        Tensor biasH = d.HiddenBias.Slice(0, 2 * hidden, hidden);
        Tensor recurrent = d.Call.Flag("linear_before_reset") ? reset * (h.MatMul(rh) + biasH) : (reset * h).MatMul(rh) + biasH;
        Tensor candidate = d.Functions[1](Clipped(d, Gate(x, 2, h) + d.InputBias.Slice(0, 2 * hidden, hidden) + recurrent));
        return [((1.0 - update) * candidate) + (update * h)];
    }

    static Tensor[] Lstm(Direction d, Tensor x, Tensor[] state)
    {
        (Tensor h, Tensor cell) = (state[0], state[1]);
        int hidden = h.Shape[1];
        Tensor all = x + h.MatMul(d.R.T) + d.InputBias + d.HiddenBias;                         // gates i, o, f, c
        Tensor Peep(int gate, Tensor c) => d.Peepholes is null ? Gate(all, gate, h) : Gate(all, gate, h) + (d.Peepholes.Slice(0, gate * hidden, hidden) * c);
        Tensor input = d.Functions[0](Clipped(d, Peep(0, cell)));
        Tensor forget = d.Call.Flag("input_forget") ? 1.0 - input : d.Functions[0](Clipped(d, Peep(2, cell)));
        Tensor next = (forget * cell) + (input * d.Functions[1](Clipped(d, Gate(all, 3, h))));
        Tensor output = d.Functions[0](Clipped(d, Peep(1, next)));
        return [output * d.Functions[2](next), next];
    }

    static Func<Tensor, Tensor>[] Functions(OperatorCall c, string[] missing, int direction)
    {
        string[] names = c.Attributes.Texts("activations") ?? [];
        float[] alphas = c.Attributes.Floats("activation_alpha") ?? [];
        float[] betas = c.Attributes.Floats("activation_beta") ?? [];
        int first = direction * missing.Length;
        (int alpha, int beta) = (0, 0);
        var functions = new List<Func<Tensor, Tensor>>();
        for (int i = 0; i < first + missing.Length; i++)
        {
            string name = i < names.Length ? names[i] : missing[i % missing.Length];
            // Numbers are given only for the functions that take some.
            (double? a, double? b) = (null, null);
            name = Known.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase), name);
            if (name is "LeakyRelu" or "ThresholdedRelu" or "ScaledTanh" or "HardSigmoid" or "Elu" or "Affine" && alpha < alphas.Length)
            {
                a = alphas[alpha++];
            }

            if (name is "ScaledTanh" or "HardSigmoid" or "Affine" && beta < betas.Length)
            {
                b = betas[beta++];
            }

            functions.Add(Function(name, a, b));
        }

        return [.. functions.Skip(first)];
    }

    static Func<Tensor, Tensor> Function(string name, double? alpha, double? beta) => name switch
    {
        "Tanh" => x => x.Tanh(),
        "Sigmoid" => x => x.Sigmoid(),
        "Relu" => x => x.Relu(),
        "LeakyRelu" => x => Functional.LeakyRelu(x, alpha ?? 0.01),
        "ThresholdedRelu" => x => Tensor.Where(x > (alpha ?? 1), x, Tensor.ZerosLike(x)),
        "ScaledTanh" => x => (x * (beta ?? 1)).Tanh() * (alpha ?? 1),
        "HardSigmoid" => x => ((x * (alpha ?? 0.2)) + (beta ?? 0.5)).Clip(0.0, 1.0),
        "Elu" => x => Functional.Elu(x, alpha ?? 1),
        "Softsign" => Functional.Softsign,
        "Softplus" => x => x.Softplus(),
        "Affine" => x => (x * (alpha ?? 1)) + (beta ?? 0),
        _ => throw OperatorCall.Fault($"the activation '{name}' is unknown. Known are {string.Join(", ", Known)}."),
    };
}
