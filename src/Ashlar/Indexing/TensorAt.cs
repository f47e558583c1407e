namespace Ashlar;

/// <summary>Chooses the elements that an update replaces.</summary>
/// <param name="x">The tensor.</param>
public readonly struct TensorAt(Tensor x)
{
    /// <summary>The elements, by the rules of the tensor's own indexer.</summary>
    public TensorUpdate this[
        TensorIndex first, TensorIndex second = default, TensorIndex third = default, TensorIndex fourth = default,
        TensorIndex fifth = default, TensorIndex sixth = default, TensorIndex seventh = default, TensorIndex eighth = default] => Pick([first, second, third, fourth, fifth, sixth, seventh, eighth]);

    /// <summary>The elements by a list of indices of any length.</summary>
    public TensorUpdate Pick(ReadOnlySpan<TensorIndex> indices) => new(x, new IndexExpression(x.Shape, indices));
}
