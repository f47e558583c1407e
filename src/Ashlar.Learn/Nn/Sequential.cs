using System.Globalization;

namespace Ashlar.Nn;

/// <summary>Modules one after the other; they are named 0, 1, 2, ….</summary>
public sealed class Sequential : Module
{
    readonly Module[] _layers;

    /// <param name="layers">In the order of application.</param>
    public Sequential(params Module[] layers)
    {
        _layers = [.. layers];
        for (int i = 0; i < _layers.Length; i++)
        {
            Register(i.ToString(CultureInfo.InvariantCulture), _layers[i]);
        }
    }

    /// <summary>Number of modules.</summary>
    public int Count => _layers.Length;

    /// <summary>Module number <paramref name="index"/>, from 0.</summary>
    public Module this[int index] => _layers[index];

    /// <inheritdoc/>
    public override string ToString() => _layers.Length == 0 ? "new Sequential()" : $"new Sequential(\n{Indent(_layers.Select(layer => layer.ToString()))})";

    /// <param name="x">What the first module takes.</param>
    /// <returns>What the last module gives.</returns>
    protected override Tensor Apply(Tensor x)
    {
        foreach (Module layer in _layers)
        {
            x = layer.Forward(x);
        }

        return x;
    }
}
