namespace Ashlar.Lab;

/// <summary>One file of data. Its bytes stay where they are; the hash tells whether they are the same.</summary>
/// <param name="Name">Of the run's own choosing.</param>
/// <param name="Path">Where it was, absolute.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Fetch">An address or a command that gives it, or null.</param>
public sealed record DataFile(string Name, string Path, string Sha256, long Size, string? Fetch = null);
