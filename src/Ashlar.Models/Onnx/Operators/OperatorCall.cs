using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>What an operator sees when its node runs: inputs, attributes, the version of its operator set.</summary>
/// <param name="name">The operator.</param>
/// <param name="opset">Version of the operator set of its domain that the model asks for.</param>
/// <param name="attributes">The node's.</param>
/// <param name="inputs">One for each input of the node; null where it is left out.</param>
/// <param name="outputs">Which outputs are asked for.</param>
/// <param name="bodies">The graphs among the attributes.</param>
/// <param name="seed">Gives the node's chance.</param>
/// <param name="isRecorded">Whether the run is recorded for many.</param>
sealed class OperatorCall(string name, int opset, OperatorAttributes attributes, OnnxValue?[] inputs, bool[] outputs, Func<string, ISubgraph> bodies, Func<RandomKey> seed, bool isRecorded)
{
    public string Name => name;

    public int Opset => opset;

    public OperatorAttributes Attributes => attributes;

    public RandomKey Seed => seed();

    /// <summary>Whether inputs may be stand-ins for the values of many runs: what depends on them cannot be read.</summary>
    public bool IsRecorded => isRecorded;

    /// <summary>Whether an input depends on constants and shapes alone.</summary>
    public Func<int, bool> IsKnown { get; init; } = _ => false;

    public int Inputs => inputs.Length;

    public int Outputs => outputs.Length;

    /// <summary>An input that must be a tensor.</summary>
    public Tensor this[int input] => Tensor(input).Tensor;

    public bool Has(int input) => input < inputs.Length && inputs[input] is not null;

    public bool Wants(int output) => output < outputs.Length && outputs[output];

    public Tensor? Maybe(int input) => Has(input) ? this[input] : null;

    public OnnxValue Value(int input) => Has(input) ? inputs[input]! : throw Fault($"input {input} is missing. Connect it.");

    public OnnxTensor Tensor(int input) => Value(input) as OnnxTensor ?? throw Fault($"input {input} is {Value(input)}, wanted a tensor of numbers. Convert it before.");

    public OnnxStrings Strings(int input) => Value(input) as OnnxStrings ?? throw Fault($"input {input} is {Value(input)}, wanted text. Convert it before.");

    public OnnxSequence Sequence(int input) => Value(input) as OnnxSequence ?? throw Fault($"input {input} is {Value(input)}, wanted a sequence. Build it with SequenceConstruct.");

    public OnnxDType TypeOf(int input) => Value(input) is OnnxStrings ? OnnxDType.String : Tensor(input).Type;

    /// <summary>All inputs as tensors.</summary>
    public Tensor[] All() => [.. Enumerable.Range(0, inputs.Length).Where(Has).Select(i => this[i])];

    /// <summary>The numbers of an input, read on the host.</summary>
    public long[] Longs(int input) => Small(input).To(DType.Int64).ToArray<long>();

    public int[] Ints(int input) => Narrow(Longs(input));

    public int Int(int input) => Ints(input) is [int only] ? only : throw Fault($"input {input} is {Value(input)}, wanted one number. Reduce it before.");

    public double Number(int input) => Small(input).To(DType.Float64).ToArray<double>() is [double only] ? only : throw Fault($"input {input} is {Value(input)}, wanted one number. Reduce it before.");

    /// <summary>The number of an input that is the same in every run of these shapes, or null.</summary>
    public double? Known(int input) => IsKnown(input) && Has(input) && this[input].Size == 1 ? Number(input) : null;

    public bool Flag(int input) => Small(input).To(DType.Bool).ToArray<bool>() is [bool only] ? only : throw Fault($"input {input} is {Value(input)}, wanted one truth value. Reduce it before.");

    Tensor Small(int input)
    {
        HostLimits.Elements(this[input].Size, $"input {input}");
        return this[input];
    }

    public int Int(string attribute, int missing) => (int)attributes.Int(attribute, missing);

    public bool Flag(string attribute, bool missing = false) => attributes.Int(attribute, missing ? 1 : 0) != 0;

    public float Float(string attribute, float missing) => attributes.Float(attribute, missing);

    public string Text(string attribute, string missing) => attributes.Text(attribute, missing);

    public int[]? Ints(string attribute) => attributes.Ints(attribute) is { } longs ? Narrow(longs) : null;

    public ISubgraph Body(string attribute) => bodies(attribute);

    /// <summary>An axis of an input, counted from the front.</summary>
    public static int Axis(int axis, int rank) => axis >= -rank && axis < rank ? axis < 0 ? axis + rank : axis : throw Fault($"axis {axis} does not exist, axes run from {-rank} to {rank - 1}. Change the node's axis.");

    /// <summary>A result of an input's element type, which its carrier alone does not tell.</summary>
    public OnnxTensor Like(Tensor result, int input = 0) => new(result, Tensor(input).Type);

    /// <summary>A movement of the elements of an input of any type. Text follows the movement of its places.</summary>
    public OnnxValue Move(Func<Tensor, Tensor> movement, int input = 0)
    {
        if (Value(input) is not OnnxStrings text)
        {
            OnnxTensor given = Tensor(input);
            return new OnnxTensor(movement(given.Tensor), given.Type) { Unrounded = given.Unrounded is { } unrounded ? movement(unrounded) : null };
        }

        Tensor moved = movement(Ashlar.Tensor.Arange(text.Items.Count).Reshape(text.Shape.Extents));
        HostLimits.Elements(moved.Size, "the text");
        return new OnnxStrings(moved.Shape, [.. moved.To(DType.Int64).ToArray<long>().Select(place => text.Items[(int)place])]);
    }

    public Shape ShapeOf(int input) => Value(input) is OnnxStrings text ? text.Shape : this[input].Shape;

    /// <summary>An error at this node. Its name and the shapes of its inputs are put before the text.</summary>
    public static OnnxException Fault(string what) => new(what);

    static int[] Narrow(long[] longs) => Array.ConvertAll(longs, number => (int)Math.Clamp(number, int.MinValue, int.MaxValue));
}
