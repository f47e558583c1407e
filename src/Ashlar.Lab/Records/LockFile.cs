namespace Ashlar.Lab;

/// <summary>One lock file of packages.</summary>
/// <param name="Path">Below the root, with <c>/</c>.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record LockFile(string Path, string Sha256);
