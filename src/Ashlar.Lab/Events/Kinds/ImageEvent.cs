namespace Ashlar.Lab.Events;

/// <summary>A picture at a step.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Step">The step it belongs to.</param>
/// <param name="WallTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Encoded">The picture as a PNG file; foreign event files may hold JPEG or GIF. Not copied.</param>
public sealed record ImageEvent(string Tag, long Step, double WallTime, int Width, int Height, byte[] Encoded) : LoggedEvent(Tag, Step, WallTime)
{
    /// <summary>Whether all is equal, the picture byte by byte.</summary>
    /// <param name="other">Another event.</param>
    public bool Equals(ImageEvent? other) => base.Equals(other) && (Width, Height) == (other.Width, other.Height) && Encoded.AsSpan().SequenceEqual(other.Encoded);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Width, Height, Encoded.Length);
}
