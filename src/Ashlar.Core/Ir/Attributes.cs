namespace Ashlar.Ir;

/// <summary>What a node says beyond its inputs: axes, extents, kinds. Part of the plan key, so equal attributes must write equal words.</summary>
public abstract class Attributes
{
    /// <summary>Writes everything that decides the node's result.</summary>
    public abstract void WriteKey(KeyWriter key);

    /// <summary>As in explanations: <c>axes=[0, 2]</c>.</summary>
    public abstract override string ToString();
}
