using Ashlar.Ir;
using Ashlar.Primitives.Structure;

namespace Ashlar;

/// <content>Names of values.</content>
public sealed partial class Tensor
{
    /// <summary>The value under a name, by which <see cref="CheckpointPolicy.SaveNamed"/> finds it. Costs nothing.</summary>
    public Tensor Named(string name) => new(new Node(NamePrimitive.Instance, [Node], new NameAttributes(name)));
}
