using Ashlar.Ir;

namespace Ashlar.Nn;

/// <summary>A model's layers with result shapes, parameters and work, found by recording one forward pass in evaluation; nothing is computed.</summary>
/// <param name="Layers">In the order of application; a layer applied twice has two rows.</param>
/// <param name="Parameters">Numbers that the model learns, shared ones counted once.</param>
/// <param name="Megaflops">Millions of operations of one forward pass of the whole model.</param>
public sealed record ModelSummary(IReadOnlyList<LayerSummary> Layers, long Parameters, double Megaflops)
{
    /// <summary>Summarises a model for inputs of a shape.</summary>
    /// <param name="model">The model; its modes stay as they are.</param>
    /// <param name="input">With the batch axis, such as [1, 1, 28, 28].</param>
    /// <param name="type">Dtype of the input.</param>
    /// <exception cref="ShapeException">The model does not take the shape.</exception>
    public static ModelSummary Of(Module model, Shape input, DType type = DType.Float32)
    {
        (string Name, Module Module)[] modules = [.. model.NamedModules()];
        bool[] training = [.. modules.Select(module => module.Module.IsTraining)];
        var rows = new List<LayerSummary>();
        model.Eval();
        foreach ((string name, Module module) in modules.Where(module => module.Module.Children.Count == 0))
        {
            module.Observer = (layer, x, y) => rows.Add(new LayerSummary(name, layer.ToString(), y.Shape, Count(layer), Work(x, y)));
        }

        try
        {
            var x = new Tensor(Node.Slot(input, type, 0));
            return new ModelSummary(rows, Count(model), Work(x, model.Forward(x)));
        }
        finally
        {
            for (int i = 0; i < modules.Length; i++)
            {
                modules[i].Module.Observer = null;
                modules[i].Module.Restore(training[i]);
            }
        }
    }

    static long Count(Module module) => module.Parameters.Sum(parameter => (long)parameter.Shape.Size);

    static double Work(Tensor x, Tensor y) => GraphWalk.PostOrder([y.Node], node => node != x.Node)
        .Where(node => node != x.Node).Sum(node => node.Primitive.Cost(node)) / 1e6;
}
