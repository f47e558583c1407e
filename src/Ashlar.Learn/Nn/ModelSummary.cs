using System.Globalization;
using Ashlar.Ir;

namespace Ashlar.Nn;

/// <summary>A model's layers with result shapes, parameters and work, found by recording one forward pass in evaluation; nothing is computed.</summary>
/// <param name="Layers">In the order of application; a layer applied twice has two rows.</param>
/// <param name="Parameters">Numbers that the model learns, shared ones counted once.</param>
/// <param name="Trainable">Those that are not frozen.</param>
/// <param name="Megaflops">Millions of operations of one forward pass of the whole model.</param>
/// <param name="ParameterBytes">Bytes of the parameters.</param>
/// <param name="ActivationBytes">Bytes of the results of all layers together: at most what a training step keeps of the forward pass. Results that are fused into the next layer are never stored.</param>
public sealed record ModelSummary(IReadOnlyList<LayerSummary> Layers, long Parameters, long Trainable, double Megaflops, long ParameterBytes, long ActivationBytes)
{
    // Layer, input and output stand left, numbers right.
    const int TextColumns = 3;

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
            module.Observer = (layer, x, y) => rows.Add(new LayerSummary(name, layer.ToString(), x.Shape, y.Shape, Count(layer.Parameters), Count(layer.TrainableParameters), Work(x, y), Bytes(y)));
        }

        try
        {
            var x = new Tensor(Node.Slot(input, type, 0));
            double work = Work(x, model.Forward(x));
            return new ModelSummary(rows, Count(model.Parameters), Count(model.TrainableParameters), work, model.Parameters.Sum(parameter => (long)parameter.Shape.Size * parameter.DType.ItemSize), rows.Sum(row => row.ActivationBytes));
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

    /// <summary>The table as text: a line for each layer, and one for all.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "input", "output", "parameters", "trainable", "MFLOP", "activations"],
            .. Layers.Select(layer => new[] { OneLine(layer), layer.Input.ToString(), layer.Output.ToString(), Whole(layer.Parameters), Whole(layer.Trainable), Flops(layer.Megaflops), Size(layer.ActivationBytes) }),
            ["all", "", "", Whole(Parameters), Whole(Trainable), Flops(Megaflops), Size(ActivationBytes)],
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        return string.Join('\n', cells.Select(row => string.Join("  ", row.Select((cell, column) => column < TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd()));
    }

    static string OneLine(LayerSummary layer) => string.Join(' ', layer.Layer.Replace("new ", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries));

    static string Whole(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    static string Flops(double megaflops) => megaflops.ToString("0.000", CultureInfo.InvariantCulture);

    static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:#,0.0} KiB");

    static long Count(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => (long)parameter.Shape.Size);

    static long Bytes(Tensor tensor) => (long)tensor.Size * tensor.DType.ItemSize;

    static double Work(Tensor x, Tensor y) => GraphWalk.PostOrder([y.Node], node => node != x.Node)
        .Where(node => node != x.Node).Sum(node => node.Primitive.Cost(node)) / 1e6;
}
