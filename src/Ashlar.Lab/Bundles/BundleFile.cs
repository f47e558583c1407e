namespace Ashlar.Lab.Bundles;

/// <summary>One file of a bundle.</summary>
/// <param name="Path">In the bundle, with <c>/</c>.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
public sealed record BundleFile(string Path, string Sha256, long Size);
