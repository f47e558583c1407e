using Ashlar.Nn;
using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Ashlar.Onnx.Writing;

namespace Ashlar.Onnx;

/// <summary>An imported model whose weights are parameters: it can be trained further, frozen in part, put into other modules, and saved again.</summary>
/// <remarks>
/// Weights are the initializers of numbers with a fraction, and constants of the outermost graph that are not one number everywhere, that a layer's arithmetic reads, directly or cut, joined and mapped; a scalar only where PyTorch wrote the file and named it. Points in their names make nested modules, as in PyTorch's checkpoints.
/// Those of half floats are parameters in float32, and are rounded where the model reads them and when it is saved.
/// In training operators behave as the model was exported: a dropout that was exported for evaluation stays idle. After <see cref="Module.Eval"/> all are idle, and batch normalisations take their running statistics.
/// These are buffers. Those that training moves follow the format: with the variance of the batch as it is, where PyTorch takes the unbiased one.
/// </remarks>
public sealed class OnnxModule : Module
{
    readonly ModelProto _model;
    readonly ExternalData _external;
    readonly OnnxLoadOptions _options;
    readonly GraphProgram _training;
    readonly Lazy<GraphProgram> _evaluation;
    readonly IReadOnlyList<(string Statistic, double Momentum)> _moves;
    readonly string[] _inputs;
    readonly string[] _given;
    readonly OnnxPort[] _ports;
    readonly Dictionary<string, Parameter> _parameters = [];
    readonly Dictionary<string, StateBuffer> _statistics = [];
    readonly Dictionary<string, DType> _halves = [];
    readonly List<string> _held = [];
    int _runs;

    /// <param name="model">A model; it keeps its own weights.</param>
    public OnnxModule(OnnxModel model)
    {
        _options = model.Options;
        (_model, _external) = (OnnxParameters.WithInitializers(model.Proto), model.External);
        (string[] weights, string[] statistics) = OnnxParameters.Of(_model);
        _given = [.. weights, .. statistics];
        (ModelProto training, _moves) = TrainingForm.WithBatches(_model, statistics);
        ModelProto evaluated = TrainingForm.Evaluated(_model);
        _training = new ProgramBuilder(training, model.External, model.Options.Patterns).Build(_given);
        _evaluation = new(() => evaluated == _model ? _training : new ProgramBuilder(evaluated, model.External, model.Options.Patterns).Build(_given));
        HashSet<string> initial = [.. _model.Graph.Initializer.Select(tensor => tensor.Name)];
        _inputs = [.. _model.Graph.Input.Select(input => input.Name).Except(_given)];
        Required = [.. _inputs.Where(input => !initial.Contains(input))];
        _ports = [.. model.Inputs.Where(port => Required.Contains(port.Name))];
        var names = new ScopeNames(_given);
        foreach (TensorProto tensor in _model.Graph.Initializer.Where(tensor => _given.Contains(tensor.Name)))
        {
            Tensor value = ((OnnxTensor)TensorReader.Read(tensor, model.External)).Tensor;
            if (value.DType.IsHalf)
            {
                // Steps of training are smaller than what a half float tells apart: they are taken in float32, and what the model reads is rounded.
                _halves[tensor.Name] = value.DType;
                value = value.To(DType.Float32);
            }

            OnnxScope? scope = names.Scope(tensor.Name, Child);
            string last = names.Last(tensor.Name);
            _held.AddRange(scope is null ? [$"{last} {value.DType.Name}{value.Shape}"] : (string[])[]);
            if (weights.Contains(tensor.Name))
            {
                var parameter = new Parameter(value.Shape, _ => value, value.DType);
                _parameters[tensor.Name] = scope is null ? Register(last, parameter) : scope.Add(last, parameter);
            }
            else
            {
                var statistic = new StateBuffer(value);
                _statistics[tensor.Name] = scope is null ? Register(last, statistic) : scope.Add(last, statistic);
            }
        }
    }

    /// <summary>The inputs that <see cref="Run"/> wants, in order.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<string> Outputs => [.. _model.Graph.Output.Select(output => output.Name)];

    /// <summary>Reads a model as a module.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <exception cref="OnnxException">As for <see cref="OnnxModel.Load(string, OnnxLoadOptions)"/>.</exception>
    public static OnnxModule Load(string path) => new(OnnxModel.Load(path));

    /// <summary>Applies the model. Extents that the file fixes may be others where the operators take them: a batch. Nothing is computed yet unless a node reads values on the host.</summary>
    /// <param name="inputs">One for each of <see cref="Required"/>.</param>
    /// <returns>One tensor for each output.</returns>
    /// <exception cref="OnnxException">The number of inputs is wrong, a type or a number of axes is not as declared, a symbolic axis has two extents, or a node failed.</exception>
    public Tensor[] Run(params Tensor[] inputs)
    {
        if (inputs.Length != Required.Count)
        {
            throw new OnnxException($"ONNX: the module takes {string.Join(", ", Required)}; given are {inputs.Length} tensors. Give one for each in this order.");
        }

        var byName = Required.Zip(inputs).ToDictionary(pair => pair.First, pair => pair.Second);
        InputCheck.Run(_ports, byName.ToDictionary(pair => pair.Key, pair => (OnnxValue)pair.Value), isFixed: false);
        OnnxValue?[] given = [.. _inputs.Select(name => byName.TryGetValue(name, out Tensor? value) ? (OnnxValue)value : null), .. _given.Select(Value)];
        var fresh = new FreshValues();
        OnnxValue[] results = (IsTraining ? _training : _evaluation.Value).Run(given, null, RandomKey.FromSeed(0).Fold(_runs++), fresh, null, _options.Budget(default));
        fresh.Compute();
        if (IsTraining)
        {
            Move(results.AsSpan(^_moves.Count..));
        }

        return [.. results.Take(_model.Graph.Output.Count).Select((value, i) => value is OnnxTensor tensor ? tensor.Tensor : throw new OnnxException($"ONNX: output '{Outputs[i]}' is {value}, no tensor of numbers. Use OnnxModel."))];
    }

    /// <summary>Writes the model with the present values of its parameters and buffers; what stood in files beside it comes along. After <see cref="Module.Eval"/> it is written for evaluation, else as it was exported.</summary>
    /// <param name="path">An .onnx file; it is replaced as a whole.</param>
    /// <param name="options">Metadata, which joins the model's own, and where large weights stand; the rest of it does not count.</param>
    public void Save(string path, OnnxExportOptions? options = null)
    {
        ModelProto model = (IsTraining ? _model : TrainingForm.Evaluated(_model)).Clone();
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            Tensor? value = _parameters.TryGetValue(tensor.Name, out Parameter? parameter) ? parameter.Master : _statistics.TryGetValue(tensor.Name, out StateBuffer? buffer) ? buffer.Tensor : null;
            if (value is not null || tensor.DataLocation == TensorProto.Types.DataLocation.External)
            {
                TensorWriter.Write(tensor, value is null ? TensorReader.Read(tensor, _external) : new OnnxTensor(Rounded(tensor.Name, value)));
            }
        }

        foreach ((string key, string text) in (options?.Metadata ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            foreach (StringStringEntryProto old in model.MetadataProps.Where(entry => entry.Key == key).ToArray())
            {
                model.MetadataProps.Remove(old);
            }

            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }

        ModelFile.Write(path, model, (options ?? new()).LargestInline, options?.Progress);
    }

    /// <summary>Its parts, and the weights whose names have no points.</summary>
    public override string ToString() => _held.Count == 0 ? base.ToString() : string.Join('\n', [.. Children.Count == 0 ? [] : (string[])[base.ToString()], string.Join(", ", _held)]);

    /// <param name="x">The only input.</param>
    /// <returns>The first output.</returns>
    protected override Tensor Apply(Tensor x) => Run(x)[0];

    // The moves belong to the optimizer's step.
    void Move(ReadOnlySpan<OnnxValue> batches)
    {
        for (int i = 0; i < batches.Length; i++)
        {
            (Tensor batch, double momentum) = (((OnnxTensor)batches[i]).Tensor, _moves[i].Momentum);
            _statistics[_moves[i].Statistic].Update(running => (running * momentum) + (batch.To(running.DType) * (1 - momentum)), batch);
        }
    }

    OnnxValue Value(string name) => Rounded(name, _parameters.TryGetValue(name, out Parameter? parameter) ? parameter.Tensor : _statistics[name].Tensor);

    Tensor Rounded(string name, Tensor value) => _halves.TryGetValue(name, out DType half) ? value.To(half) : value;

    OnnxScope Child(OnnxScope? parent, string name) => parent is null ? Register(name, new OnnxScope()) : parent.Add(name, new OnnxScope());
}
