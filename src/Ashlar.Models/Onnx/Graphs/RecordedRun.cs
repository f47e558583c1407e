using System.Diagnostics.CodeAnalysis;
using Ashlar.Ir;
using Ashlar.Onnx.Values;
using Ashlar.Schedule;

namespace Ashlar.Onnx.Graphs;

/// <summary>One run of a model that was recorded on stand-ins: what fits its inputs is computed by its plan alone.</summary>
sealed class RecordedRun
{
    readonly OnnxValue?[] _inputs;
    readonly byte[]?[] _numbers;
    readonly OnnxDType[] _outputs;
    readonly RecordedFunction _function;
    readonly int[] _arguments;

    RecordedRun(OnnxValue?[] inputs, byte[]?[] numbers, OnnxDType[] outputs, RecordedFunction function, int[] arguments) =>
        (_inputs, _numbers, _outputs, _function, _arguments) = (inputs, numbers, outputs, function, arguments);

    /// <summary>Whether numbers of inputs were looked at.</summary>
    public bool IsByNumbers => Array.Exists(_numbers, numbers => numbers is not null);

    /// <summary>Records a run.</summary>
    /// <param name="program">The model.</param>
    /// <param name="given">One for each input; null takes the initializer of that name. All tensors.</param>
    /// <param name="byNumbers">Whether small inputs of whole numbers and truth values stand for themselves: then shapes and branches may depend on them.</param>
    /// <param name="budget">What it may cost, or null.</param>
    /// <param name="run">The run, if one could be recorded: nothing read values, nothing was drawn, and the results are tensors.</param>
    public static bool TryRecord(GraphProgram program, OnnxValue?[] given, bool byNumbers, RunBudget? budget, [NotNullWhen(true)] out RecordedRun? run)
    {
        run = null;
        int[] arguments = [.. Enumerable.Range(0, given.Length).Where(i => given[i] is OnnxTensor tensor && !(byNumbers && IsSmall(tensor)))];
        Node[] slots = RecordedFunction.Arguments([.. arguments.Select(i => ((OnnxTensor)given[i]!).Tensor.Node)]);
        OnnxValue?[] standIns = [.. given];
        for (int i = 0; i < slots.Length; i++)
        {
            standIns[arguments[i]] = new OnnxTensor(new Tensor(slots[i]), ((OnnxTensor)given[arguments[i]]!).Type);
        }

        using Node.NoGradientScope scope = Node.NoGradient();
        OnnxValue[] results;
        var fresh = new FreshValues();
        try
        {
            try
            {
                results = program.Run(standIns, null, null, fresh, null, budget);
            }
            finally
            {
                // What was remembered is computed also where a later step fails.
                fresh.Compute();
            }
        }
        catch (OnnxException)
        {
            return false;
        }

        if (!Array.TrueForAll(results, result => result is OnnxTensor))
        {
            return false;
        }

        RecordedFunction function = RecordedFunction.Close(slots, [.. results.Select(result => ((OnnxTensor)result).Tensor.Node)]);
        byte[]?[] numbers = [.. given.Select((value, i) => value is OnnxTensor tensor && !arguments.Contains(i) ? tensor.Tensor.ToBytes() : null)];

        // Shapes and types are all that is kept of the inputs.
        run = new RecordedRun(standIns, numbers, [.. results.Select(result => ((OnnxTensor)result).Type)], function, arguments);
        return true;
    }

    /// <summary>Whether inputs are of the shapes and types, and where that was asked of the numbers, that were recorded.</summary>
    public bool Fits(ReadOnlySpan<OnnxValue?> given)
    {
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is null || _inputs[i] is null ? !ReferenceEquals(given[i], _inputs[i]) : !IsAlike((OnnxTensor)given[i]!, (OnnxTensor)_inputs[i]!))
            {
                return false;
            }
        }

        for (int i = 0; i < given.Length; i++)
        {
            if (_numbers[i] is { } numbers && !((OnnxTensor)given[i]!).Tensor.ToBytes().AsSpan().SequenceEqual(numbers))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Computes the results.</summary>
    public OnnxValue[] Run(ReadOnlySpan<OnnxValue?> given)
    {
        var arguments = new Node[_arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = ((OnnxTensor)given[_arguments[i]]!).Tensor.Node;
        }

        Node[] nodes = _function.Run(arguments);
        var results = new OnnxValue[nodes.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new OnnxTensor(new Tensor(nodes[i]), _outputs[i]);
        }

        return results;
    }

    /// <summary>The launches of its plan.</summary>
    public string Explain() => _function.Explain();

    static bool IsSmall(OnnxTensor tensor) => tensor.Tensor.Size <= 64 && !tensor.Tensor.DType.IsFloating && !tensor.Tensor.DType.IsComplex;

    static bool IsAlike(OnnxTensor a, OnnxTensor b) => a.Type == b.Type && a.Tensor.DType == b.Tensor.DType && a.Tensor.Shape.Equals(b.Tensor.Shape);
}
