using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>Which axes an index stands for. x is [batch…, outer…, indexed…, inner…, trailing…], each index [batch…, picks…, trailing…], the picked elements
/// [batch…, outer…, picks…, inner…, trailing…]; there is one index for each of the consecutive indexed axes.</summary>
/// <param name="axis">The first indexed axis.</param>
/// <param name="batch">Leading axes that x and the indices share.</param>
/// <param name="trailing">Last axes that x and the indices share.</param>
public class IndexAttributes(int axis, int batch, int trailing) : Attributes
{
    /// <summary>The first indexed axis.</summary>
    public int Axis { get; } = axis;

    /// <summary>Leading axes that x and the indices share.</summary>
    public int Batch { get; } = batch;

    /// <summary>Last axes that x and the indices share.</summary>
    public int Trailing { get; } = trailing;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(Axis);
        key.Write(Batch);
        key.Write(Trailing);
    }

    /// <inheritdoc/>
    public override string ToString() => $"axis={Axis} batch={Batch} trailing={Trailing}";
}
