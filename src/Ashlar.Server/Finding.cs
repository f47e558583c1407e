namespace Ashlar.Server;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Place">A file or folder.</param>
/// <param name="Fault">What is wrong there and what to do, as sentences.</param>
public sealed record Finding(string Place, string Fault);
