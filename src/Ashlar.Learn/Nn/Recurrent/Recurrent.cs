namespace Ashlar.Nn;

/// <summary>A network that reads a sequence step by step: what <see cref="RNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share.</summary>
/// <remarks>
/// x is [T, N, inputs], or [N, T, inputs] if <c>batchFirst</c>, or [T, inputs]; the output has <c>hidden</c> features, or twice as many in two directions, forward ones first.
/// States are [layers · directions, N, hidden]. Parameters are named as in PyTorch: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, and <c>…_reverse</c>.
/// With lengths a sequence's state stays from its end on, its output there is 0, and the backward direction begins at its last element: what PyTorch does with packed sequences.
/// First values: uniform in ±1/√hidden. The steps are a <see cref="Control">loop</see> inside the plan: a new length plans anew and compiles nothing.
/// </remarks>
public abstract class Recurrent : Module
{
    readonly int _inputs;
    readonly int _hidden;
    readonly bool _batchFirst;
    readonly bool _bidirectional;
    readonly bool _bias;
    readonly double _dropout;
    readonly RecurrentWeights[][] _layers;
    readonly Dropout? _drop;

    private protected Recurrent(int gates, int inputs, int hidden, int layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
    {
        (_inputs, _hidden, _batchFirst, _bidirectional, _bias, _dropout) = (inputs.AtLeast(1, nameof(inputs)), hidden.AtLeast(1, nameof(hidden)), batchFirst, bidirectional, bias, dropout);
        int directions = bidirectional ? 2 : 1;
        _layers = new RecurrentWeights[layers.AtLeast(1, nameof(layers))][];
        for (int layer = 0; layer < layers; layer++)
        {
            int from = layer == 0 ? inputs : hidden * directions;
            _layers[layer] = [.. Enumerable.Range(0, directions).Select(direction =>
                RecurrentWeights.Register((name, parameter) => Register(name, parameter), $"_l{layer}{(direction == 1 ? "_reverse" : "")}", gates, from, hidden, bias))];
        }

        DropoutLayer.Checked(GetType().Name, dropout);
        _drop = dropout > 0 ? Register("dropout", new Dropout(dropout)) : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"new {GetType().Name}({_inputs}, {_hidden}{(_layers.Length == 1 ? "" : $", layers: {_layers.Length}")}{Spatial.Given("bias", _bias, true)}{Spatial.Given("batchFirst", _batchFirst, false)}{Spatial.Given("dropout", _dropout, 0)}{Spatial.Given("bidirectional", _bidirectional, false)}{Further})";

    private protected virtual string Further => "";

    // The next state, hidden part first, from what the input gives to the gates and the state before.
    private protected abstract Tensor[] Step(RecurrentWeights weights, Tensor gates, Tensor[] state);

    private protected (Tensor Output, Tensor[] States) Run(Tensor x, Tensor?[] given, Tensor? lengths)
    {
        bool single = x.Rank == 2;
        if (x.Rank is not (2 or 3) || x.Shape[^1] != _inputs || x.Shape[single || !_batchFirst ? 0 : 1] == 0)
        {
            throw new ShapeException($"{GetType().Name}: the input is {x.Shape}, wanted {(_batchFirst ? "[N, T, " : "[T, N, ")}{_inputs}] with one step or more. Check the features and batchFirst.");
        }

        Tensor steps = single ? x.Reshape(x.Shape[0], 1, _inputs) : _batchFirst ? x.Permute(1, 0, 2) : x;
        int batch = steps.Shape[1];
        if (lengths is not null && (lengths.Rank != 1 || lengths.Shape[0] != batch || !lengths.DType.IsInteger))
        {
            throw new ShapeException($"{GetType().Name}: the lengths are {lengths.DType.Name}{lengths.Shape} for the input {x.Shape}. Give one whole number for each of the {batch} sequences.");
        }

        int directions = _bidirectional ? 2 : 1;
        Tensor[] initial = [.. given.Select(state => Initial(state, x, batch, single))];
        Tensor? inside = lengths is null ? null : Tensor.Arange(steps.Shape[0]).Reshape(-1, 1, 1).To(lengths.DType) < lengths.Reshape(1, batch, 1);
        List<Tensor>[] last = [.. initial.Select(_ => new List<Tensor>())];
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            var outputs = new Tensor[directions];
            for (int direction = 0; direction < directions; direction++)
            {
                Tensor[] state = [.. initial.Select(all => all.Slice(0, (layer * directions) + direction, 1).Reshape(batch, _hidden))];
                (outputs[direction], state) = Pass(_layers[layer][direction], steps, state, inside, backward: direction == 1);
                for (int i = 0; i < state.Length; i++)
                {
                    last[i].Add(state[i].Reshape(1, batch, _hidden));
                }
            }

            steps = directions == 1 ? outputs[0] : Tensor.Concat(outputs, 2);
            steps = _drop is not null && layer < _layers.Length - 1 ? _drop.Forward(steps) : steps;
        }

        Tensor output = single ? steps.Reshape(steps.Shape[0], steps.Shape[2]) : _batchFirst ? steps.Permute(1, 0, 2) : steps;
        return (output, [.. last.Select(parts => Tensor.Concat(parts.ToArray(), 0)).Select(state => single ? state.Reshape(state.Shape[0], _hidden) : state)]);
    }

    (Tensor Output, Tensor[] State) Pass(RecurrentWeights weights, Tensor steps, Tensor[] state, Tensor? inside, bool backward)
    {
        Tensor gates = weights.FromInput(steps);
        Tensor zero = Tensor.Scalar(0, steps.DType);
        (Tensor[] last, Tensor[] outputs) = Control.Loop(state, inside is null ? [gates] : [gates, inside], (before, slices) =>
        {
            Tensor[] next = Step(weights, slices[0], before);
            Tensor output = next[0];
            if (inside is not null)
            {
                output = Tensor.Where(slices[1], output, zero);
                next = [.. next.Zip(before, (after, old) => Tensor.Where(slices[1], after, old))];
            }

            return (next, [output]);
        }, reverse: backward);
        return (outputs[0], last);
    }

    Tensor Initial(Tensor? state, Tensor x, int batch, bool single)
    {
        var shape = new Shape(_layers.Length * (_bidirectional ? 2 : 1), batch, _hidden);
        Shape wanted = single ? new Shape(shape[0], _hidden) : shape;
        return state is null ? Tensor.Zeros(shape, x.DType)
            : state.Shape.Equals(wanted) ? state.Reshape(shape.Extents)
            : throw new ShapeException($"{GetType().Name}: the state is {state.Shape}, wanted {wanted} for the input {x.Shape}. Give the state that the layer returned for as many sequences.");
    }
}
