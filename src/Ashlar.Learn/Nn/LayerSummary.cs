namespace Ashlar.Nn;

/// <summary>One row of a <see cref="ModelSummary"/>: a layer as it was applied.</summary>
/// <param name="Name">The layer's name, such as <c>0</c>; empty if it is the whole model.</param>
/// <param name="Layer">The code that builds it.</param>
/// <param name="Input">Extents of what it takes.</param>
/// <param name="Output">Extents of its result.</param>
/// <param name="Parameters">Numbers that it learns.</param>
/// <param name="Trainable">Those that are not frozen.</param>
/// <param name="Megaflops">Millions of operations of one forward pass; a product and its sum are two.</param>
/// <param name="ActivationBytes">Bytes of its result.</param>
public sealed record LayerSummary(string Name, string Layer, Shape Input, Shape Output, long Parameters, long Trainable, double Megaflops, long ActivationBytes);
