using System.Globalization;
using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Ashlar.Runtime;
using Google.Protobuf;

namespace Ashlar.Onnx;

/// <summary>A model of the Open Neural Network Exchange format. Running it records an ordinary graph of tensors, so it is fused, planned and cached like any other, and gives the same bits everywhere.</summary>
/// <remarks>Operator sets 1 to 27, intermediate representation 3 to 13. Whatever depends on shapes alone is computed once for each shape.</remarks>
public sealed partial class OnnxModel
{
    readonly ModelProto _model;

    readonly ExternalData _external;

    readonly GraphProgram _program;

    readonly RecordedRuns _recorded;

    readonly OnnxPort[] _required;

    int _runs;

    OnnxModel(ModelProto model, ExternalData external, OnnxLoadOptions options)
    {
        (_model, _external, Options) = (model, external, options);
        HashSet<string> given = [.. model.Graph.Initializer.Select(tensor => tensor.Name), .. model.Graph.SparseInitializer.Select(sparse => sparse.Values?.Name ?? "")];
        Inputs = [.. model.Graph.Input.Select(input => OnnxPort.Of(input, given.Contains(input.Name)))];
        Outputs = [.. model.Graph.Output.Select(output => OnnxPort.Of(output, false))];
        Opsets = ProgramBuilder.Opsets(model.OpsetImport);
        using (Storage.InSmallPages())
        {
            _program = new ProgramBuilder(model, external, options.Patterns).Build();
        }

        _recorded = new RecordedRuns(_program, () => options.Budget(default));
        _required = [.. Inputs.Where(input => !input.IsOptional)];
    }

    /// <summary>The inputs in order, those that the model holds a value for included.</summary>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    /// <summary>Version of each operator set by domain; "" is ONNX's own.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; }

    /// <summary>Version of the format.</summary>
    public long IrVersion => _model.IrVersion;

    /// <summary>The program that wrote the model, and its version.</summary>
    public string Producer => $"{_model.ProducerName} {_model.ProducerVersion}".Trim();

    /// <summary>Facts that the model carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _model.MetadataProps.GroupBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Last().Value);

    /// <summary>How often each operator stands in the model, bodies of control flow included, most frequent first.</summary>
    public IReadOnlyList<(string Operator, int Count)> Operators => [.. Names(_model.Graph).GroupBy(name => name).Select(name => (name.Key, name.Count())).OrderByDescending(entry => entry.Item2).ThenBy(entry => entry.Key, StringComparer.Ordinal)];

    /// <summary>Number of elements of the initializers, but for whole numbers of 64 bits, which are shapes and places; and of the arrays of numbers with a fraction that stand in constants: some exporters keep weights there.</summary>
    public long ParameterCount => _model.Graph.Initializer.Where(tensor => (OnnxDType)tensor.DataType != OnnxDType.Int64).Concat(OnnxParameters.Constants(_model.Graph))
        .Sum(tensor => tensor.Dims.Aggregate(1L, (size, extent) => size * extent));

    /// <summary>Names of the files beside the model that hold weights of it.</summary>
    public IReadOnlyList<string> DataFiles => [.. _model.Graph.Initializer.SelectMany(tensor => tensor.ExternalData).Where(entry => entry.Key == "location").Select(entry => entry.Value).Distinct()];

    /// <summary>What random operators draw from, together with their place and the number of the run.</summary>
    public long Seed => Options.Seed;

    /// <summary>Reads a model with its initializers, also those in files beside it, and makes it ready.</summary>
    /// <param name="path">An .onnx file.</param>
    /// <param name="options">How, and what runs may cost; null for the usual and no limits.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder.</exception>
    /// <exception cref="OnnxException">The file is no model, is damaged, asks for operators that are not known (all are named), or for files outside its folder.</exception>
    public static OnnxModel Load(string path, OnnxLoadOptions? options = null)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"ONNX: {(Directory.Exists(path) ? $"{path} is a folder" : $"there is no file {Path.GetFullPath(path)}")}. Give an .onnx file.", path);
        }

        using FileStream file = File.OpenRead(path);
        return new OnnxModel(Parse(file, path), new ExternalData(Path.GetDirectoryName(Path.GetFullPath(path))), options ?? new());
    }

    /// <summary>Reads a model that has no files beside it.</summary>
    /// <param name="stream">The bytes of an .onnx file.</param>
    /// <param name="name">For messages.</param>
    /// <param name="options">How, and what runs may cost; null for the usual and no limits.</param>
    /// <exception cref="OnnxException">As for a path.</exception>
    public static OnnxModel Load(Stream stream, string name = "model", OnnxLoadOptions? options = null) => new(Parse(stream, name), ExternalData.None, options ?? new());

    /// <summary>Computes the outputs from tensors in the order of the inputs.</summary>
    /// <param name="inputs">One for each input without a value of its own.</param>
    /// <returns>One tensor for each output.</returns>
    /// <exception cref="OnnxException">A type or extent is not as declared, or a node failed: its name and the shapes it saw are told.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs) => Run(inputs, default);

    /// <summary>As <see cref="Run(ReadOnlySpan{Tensor})"/>, until somebody stops it.</summary>
    /// <param name="inputs">One for each input without a value of its own.</param>
    /// <param name="cancellation">Stops the run between two nodes, so also inside a loop; what is being computed is finished first.</param>
    /// <exception cref="OnnxException">As without.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public Tensor[] Run(ReadOnlySpan<Tensor> inputs, CancellationToken cancellation)
    {
        if (inputs.Length != _required.Length)
        {
            throw new OnnxException($"ONNX: the model has the inputs {string.Join("; ", _required)}; given are {inputs.Length} tensors. Give one for each in this order.");
        }

        var given = new OnnxValue?[Inputs.Count];
        for (int i = 0, next = 0; i < given.Length; i++)
        {
            if (!Inputs[i].IsOptional)
            {
                given[i] = Inputs[i].Type.IsCarried ? new OnnxTensor(inputs[next++], Inputs[i].Type) : new OnnxTensor(inputs[next++]);
            }
        }

        OnnxValue[] results = Compute(given, cancellation);
        return [.. results.Select((result, i) => result is OnnxTensor tensor ? tensor.Tensor
            : throw new OnnxException($"ONNX: output '{Outputs[i].Name}' is {result}, no tensor of numbers. Call Run with named inputs."))];
    }

    /// <summary>Computes the outputs from named inputs of any kind.</summary>
    /// <param name="inputs">A value for each input without one of its own.</param>
    /// <param name="cancellation">Stops the run between two nodes, so also inside a loop; what is being computed is finished first.</param>
    /// <returns>A value for each output.</returns>
    /// <exception cref="OnnxException">An input is missing or unknown, a type or extent is not as declared, a node failed, or the run costs more than its options allow.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Run(IReadOnlyDictionary<string, OnnxValue> inputs, CancellationToken cancellation = default)
    {
        OnnxValue?[] given = [.. Inputs.Select(input => inputs.GetValueOrDefault(input.Name))];
        if (given.Count(value => value is not null) < inputs.Count)
        {
            InputCheck.Run(Inputs, inputs);
        }

        OnnxValue[] results = Compute(given, cancellation);
        return Outputs.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    /// <summary>The operators that models may use: domain, name, the first version of each form.</summary>
    public static IReadOnlyList<(string Family, string Domain, string Name, IReadOnlyList<int> Since)> SupportedOperators { get; } =
    [
        .. OperatorTable.Families.SelectMany(family => family.Operators.GroupBy(row => (row.Domain, row.Name)).Select(rows =>
            (family.Family, rows.Key.Domain.Length == 0 ? "ai.onnx" : rows.Key.Domain, rows.Key.Name, (IReadOnlyList<int>)[.. rows.Select(row => row.Since).Order()]))),
    ];

    internal ModelProto Proto => _model;

    internal ExternalData External => _external;

    internal OnnxLoadOptions Options { get; }

    // By a recorded run; step by step where none can be recorded, or where one fails: the steps know their nodes.
    OnnxValue[] Compute(OnnxValue?[] given, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyDictionary<string, OnnxValue>? named = null;
        RecordedRun? recorded = _recorded.Find(given);
        if (recorded is null)
        {
            named = Named(given);
            InputCheck.Run(Inputs, named);
            recorded = _recorded.Record(given);
        }

        try
        {
            if (recorded is not null)
            {
                return recorded.Run(given);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Run(named ?? Named(given), null, cancellation);
        }

        OnnxValue[] results = Run(named!, null, cancellation);
        _recorded.GiveUp(given);
        return results;
    }

    // The axes that the failing node saw, by name: from its shapes in terms of them, else from equal extents.
    string Clash(OnnxException failure, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        var extents = SymbolicExtents.Of(Inputs, inputs);
        string[] symbols = [.. Inputs.SelectMany(input => input.Axes ?? []).Where(IsSymbol).Distinct()];
        NodeProto? node = failure.Value.Length == 0 || symbols.Length == 0 || symbols.Length > Stand.Length ? null : _model.Graph.Node.FirstOrDefault(node => node.Output.Contains(failure.Value));
        if (node is null)
        {
            return extents.Seen(failure);
        }

        Dictionary<string, string> types = Symbolic(symbols);
        return extents.Of([.. node.Input.Select(input => types.GetValueOrDefault(input, ""))]) is { Length: > 0 } told ? told : extents.Seen(failure);
    }

    Dictionary<string, OnnxValue> Named(OnnxValue?[] given) => Inputs.Zip(given).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Name, pair => pair.Second!);

    OnnxValue[] Run(IReadOnlyDictionary<string, OnnxValue> inputs, Action<Step, Frame>? see, CancellationToken cancellation = default)
    {
        InputCheck.Run(Inputs, inputs);
        OnnxValue?[] given = [.. Inputs.Select(input => inputs.GetValueOrDefault(input.Name))];
        RandomKey chance = RandomKey.FromSeed(Seed).Fold(_runs++);
        var fresh = new FreshValues();
        try
        {
            OnnxValue[] results = _program.Run(given, null, chance, fresh, see, Options.Budget(cancellation));
            try
            {
                // Who looks on takes what it wants to be computed.
                fresh.Compute(see is null ? results : []);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // All was computed in one plan, which knows nothing of nodes: node by node the one that fails is found.
                _program.Run(given, null, chance, new FreshValues(), GraphProgram.ComputeNow);
                throw;
            }

            return results;
        }
        catch (OnnxException e) when (Clash(e, inputs) is { Length: > 0 } symbols)
        {
            throw new OnnxException($"{e.Message} In this run {symbols}.", e);
        }
    }

    internal static ModelProto Parse(Stream stream, string name)
    {
        long begin = stream.CanSeek ? stream.Position : 0;
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new OnnxException($"ONNX: '{name}' is no model of this format: {FileKind.Of(stream, begin) ?? "it ends too early, or was damaged on the way. Get the whole file again"}.", e);
        }

        return model.Graph is not null && model.OpsetImport.Count > 0 || model.IrVersion is > 0 and < 3 && model.Graph is not null
            ? model
            : throw new OnnxException(FileKind.Of(stream, begin) is { } kind ? $"ONNX: '{name}' is no model of this format: {kind}." : string.Create(CultureInfo.InvariantCulture, $"ONNX: '{name}' holds no graph or names no operator set (format version {model.IrVersion}). Give an .onnx file of a whole model."));
    }

    static IEnumerable<string> Names(GraphProto graph) => graph.Node.SelectMany(node => node.Attribute.Select(attribute => attribute.G).Concat(node.Attribute.SelectMany(attribute => attribute.Graphs)).Where(body => body is not null).SelectMany(Names)
        .Prepend(node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}"));
}
