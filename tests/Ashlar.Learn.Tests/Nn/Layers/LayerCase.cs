using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>An example of a layer on which the contract runs. Where PyTorch's values are recorded under its name, they are compared too.</summary>
/// <param name="Name">Unique; the name of PyTorch's record, if there is one.</param>
/// <param name="Build">Makes the layer.</param>
/// <param name="Inputs">What it is applied to.</param>
public sealed record LayerCase(string Name, Func<Module> Build, params LayerInput[] Inputs)
{
    /// <summary>How the layer is applied; it takes one tensor by default.</summary>
    public Func<Module, Tensor[], Tensor[]> Apply { get; init; } = (module, x) => [module.Forward(x[0])];

    /// <summary>Whether training gives other results than evaluation, as the layer's documentation says.</summary>
    public bool TrainDiffers { get; init; }

    /// <summary>A wrong first input, or null where every input is right.</summary>
    public LayerInput? Wrong { get; init; } = LayerInput.Of();

    /// <summary>The axis of examples in every input and result, or -1 where a result mixes examples.</summary>
    public int BatchAxis { get; init; }

    /// <summary>Inputs that all examples share.</summary>
    public int[] Shared { get; init; } = [];

    /// <summary>Of results, in units of the largest: both libraries round sums and functions in another order, a few units in the last place of the largest term.</summary>
    public float Tolerance { get; init; } = 2e-6f;

    /// <summary>The same of gradients, which are longer sums.</summary>
    public float GradientTolerance { get; init; } = 5e-6f;

    public Tensor[] Draw(int seed) => [.. Inputs.Select((input, i) => input.Draw(RandomKey.FromSeed(seed).Fold(i)))];

    public override string ToString() => Name;
}
