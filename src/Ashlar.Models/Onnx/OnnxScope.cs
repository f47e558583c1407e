using Ashlar.Nn;

namespace Ashlar.Onnx;

/// <summary>Weights of an imported model whose names begin alike.</summary>
sealed class OnnxScope : Module
{
    public Parameter Add(string name, Parameter parameter) => Register(name, parameter);

    public StateBuffer Add(string name, StateBuffer buffer) => Register(name, buffer);

    public OnnxScope Add(string name, OnnxScope scope) => Register(name, scope);
}
