using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Several results that one derivative rule belongs to. Derivatives run through all of them joined to one vector; the values themselves are not copied.</summary>
sealed class JointResults
{
    static readonly FunctionRule Joined = new("JointResults", (Node[] _, Node _, Node cotangent) => [cotangent]);

    readonly string _operation;
    readonly Node[] _values;
    readonly DType _type;

    /// <param name="operation">As in messages.</param>
    /// <param name="results">The results.</param>
    /// <exception cref="DTypeException">One is not floating.</exception>
    public JointResults(string operation, Tensor[] results)
    {
        _operation = operation;
        for (int i = 0; i < results.Length; i++)
        {
            if (!results[i].DType.IsFloating)
            {
                throw new DTypeException($"{operation}: result {i} is {results[i].DType.Name}. Only floating results have derivatives; return it from another function.");
            }
        }

        _values = Array.ConvertAll(results, result => result.Node);
        _type = _values.Select(value => value.Type).DefaultIfEmpty(DType.Float32).Aggregate(DTypeFacts.Promote);
        Packed = Pack(results);
    }

    /// <summary>All results one after the other, [elements]; in the widest of their dtypes, which holds each exactly.</summary>
    public Node Packed { get; }

    /// <summary>Tensors like the results, joined.</summary>
    public Node Pack(Tensor[] parts)
    {
        if (parts.Length != _values.Length)
        {
            throw new ArgumentException($"{_operation}: the rule gave {parts.Length} tangents for {_values.Length} results. Return one for each.");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (!parts[i].Shape.Equals(_values[i].Shape) || parts[i].DType != _values[i].Type)
            {
                throw new ShapeException($"{_operation}: tangent {i} is {parts[i].DType.Name}{parts[i].Shape}, the value {_values[i].Type.Name}{_values[i].Shape}. Return it in the value's shape and dtype.");
            }
        }

        return Op.Concat(Array.ConvertAll(parts, part => Op.Cast(Op.Reshape(part.Node, [part.Size]), _type)), 0);
    }

    /// <summary>A joined vector as tensors like the results.</summary>
    public Tensor[] Split(Node packed)
    {
        int at = 0;
        return Array.ConvertAll(_values, value =>
        {
            Node part = Op.Slice(packed, [at], [value.Shape.Size], [1]);
            at += value.Shape.Size;
            return new Tensor(Op.Cast(Op.Reshape(part, value.Shape.Extents), value.Type));
        });
    }

    /// <summary>The results, whose derivatives are those of a joined vector.</summary>
    public Tensor[] Through(Node ruled) => ruled.IsTraced
        ? [.. _values.Zip(Split(ruled), (value, part) => new Tensor(GradientRulePrimitive.Record(value, [part.Node], Joined)))]
        : Array.ConvertAll(_values, value => new Tensor(value));
}
