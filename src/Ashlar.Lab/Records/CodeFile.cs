namespace Ashlar.Lab;

/// <summary>One source file.</summary>
/// <param name="Path">Below the root, with <c>/</c>.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
public sealed record CodeFile(string Path, string Sha256, long Size);
