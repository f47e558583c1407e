namespace Ashlar.Lab.Events;

/// <summary>A graph of operations.</summary>
/// <param name="Tag">Which graph; the one with the empty tag is what TensorBoard shows.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Definition">A message GraphDef, see <see cref="GraphDefinition"/>. Not copied.</param>
public sealed record GraphEvent(string Tag, long Step, double WallTime, byte[] Definition) : LoggedEvent(Tag, Step, WallTime)
{
    /// <summary>Whether all is equal, the graph byte by byte.</summary>
    /// <param name="other">Another event.</param>
    public bool Equals(GraphEvent? other) => base.Equals(other) && Definition.AsSpan().SequenceEqual(other.Definition);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Definition.Length);
}
