using System.Text;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>The attributes of a node by name. Kinds are checked where they are read.</summary>
sealed class OperatorAttributes
{
    readonly Dictionary<string, AttributeProto> _byName = [];

    readonly ExternalData _external;

    /// <param name="attributes">Of the node.</param>
    /// <param name="arguments">What attributes of the function around it mean in this call, or null.</param>
    /// <param name="external">Where their tensors' bytes may stand.</param>
    public OperatorAttributes(IEnumerable<AttributeProto> attributes, OperatorAttributes? arguments, ExternalData external)
    {
        _external = external;
        foreach (AttributeProto attribute in attributes)
        {
            if (attribute.RefAttrName.Length == 0)
            {
                _byName[attribute.Name] = attribute;
            }
            else if (arguments is not null && arguments._byName.TryGetValue(attribute.RefAttrName, out AttributeProto? given))
            {
                _byName[attribute.Name] = given;
            }
        }
    }

    public IEnumerable<AttributeProto> All => _byName.Values;

    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>Takes a value for an attribute that is not given.</summary>
    public void Default(AttributeProto attribute) => _byName.TryAdd(attribute.Name, attribute);

    public long Int(string name, long missing) => Find(name) is { } found ? found.I : missing;

    public float Float(string name, float missing) => Find(name) is { } found ? found.F : missing;

    public string Text(string name, string missing) => Find(name) is { } found ? found.S.ToString(Encoding.UTF8) : missing;

    public long[]? Ints(string name) => Find(name) is { } found ? [.. found.Ints] : null;

    public float[]? Floats(string name) => Find(name) is { } found ? [.. found.Floats] : null;

    public string[]? Texts(string name) => Find(name) is { } found ? [.. found.Strings.Select(text => text.ToString(Encoding.UTF8))] : null;

    public OnnxValue? Constant(string name) => Find(name) is { T: { } tensor } ? TensorReader.Read(tensor, _external) : null;

    public OnnxValue? Sparse(string name) => Find(name) is { SparseTensor: { } tensor } ? SparseReader.Read(tensor, _external) : null;

    AttributeProto? Find(string name) => _byName.GetValueOrDefault(name);
}
