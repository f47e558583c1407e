namespace Ashlar.Nn;

/// <summary>One row of a <see cref="ModelSummary"/>: a layer as it was applied.</summary>
/// <param name="Name">The layer's name, such as <c>0</c>; empty if it is the whole model.</param>
/// <param name="Layer">The code that builds it.</param>
/// <param name="Output">Extents of its result.</param>
/// <param name="Parameters">Numbers that it learns.</param>
/// <param name="Megaflops">Millions of operations of one forward pass; a product and its sum are two.</param>
public sealed record LayerSummary(string Name, string Layer, Shape Output, long Parameters, double Megaflops);
