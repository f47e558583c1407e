using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Primitives;

namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>One application of a layer, with the gradients of Σ cotangent · result.</summary>
sealed class LayerRun
{
    public LayerRun(LayerCase row, Module module, Tensor[] inputs, Func<int, Tensor, Tensor> cotangent)
    {
        Node[] watched = [.. inputs.Select(input => Op.Barrier(input.Node))];
        Outputs = row.Apply(module, [.. watched.Select(node => new Tensor(node))]);
        Tensor? sum = null;
        for (int i = 0; i < Outputs.Length; i++)
        {
            if (Outputs[i].DType.IsFloating)
            {
                Tensor part = (Outputs[i] * cotangent(i, Outputs[i])).Sum();
                sum = sum is null ? part : sum + part;
            }
        }

        Parameter[] parameters = [.. module.Parameters];
        int[] floating = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].DType.IsFloating)];
        Node[] gradients = Gradients.Of(sum!.Node, [.. floating.Select(i => watched[i]), .. parameters.Select(parameter => parameter.Variable.Leaf)]);
        InputGradients = [.. inputs.Select((_, i) => Array.IndexOf(floating, i) is >= 0 and var place ? new Tensor(gradients[place]) : null)];
        ParameterGradients = [.. gradients.Skip(floating.Length).Select(gradient => new Tensor(gradient))];
    }

    public Tensor[] Outputs { get; }

    public Tensor?[] InputGradients { get; }

    public Tensor[] ParameterGradients { get; }

    public Tensor[] All => [.. Outputs, .. InputGradients.OfType<Tensor>(), .. ParameterGradients];
}
