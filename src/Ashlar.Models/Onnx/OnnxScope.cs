using Ashlar.Nn;

namespace Ashlar.Onnx;

/// <summary>Weights of an imported model whose names begin alike.</summary>
sealed class OnnxScope : Module
{
    readonly List<string> _held = [];

    public Parameter Add(string name, Parameter parameter)
    {
        _held.Add($"{name} {parameter.DType.Name}{parameter.Shape}");
        return Register(name, parameter);
    }

    public StateBuffer Add(string name, StateBuffer buffer)
    {
        _held.Add($"{name} {buffer.Tensor.DType.Name}{buffer.Tensor.Shape}");
        return Register(name, buffer);
    }

    public OnnxScope Add(string name, OnnxScope scope) => Register(name, scope);

    // What it holds, where it has no scopes of its own: its layers are in the graph.
    public override string ToString() => NamedModules().Count() > 1 ? base.ToString() : string.Join(", ", _held);
}
