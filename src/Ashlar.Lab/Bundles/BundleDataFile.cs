namespace Ashlar.Lab.Bundles;

/// <summary>One file of data that a run of a bundle read.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Name">The run's name for it.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Path">In the bundle; null where the bundle does not hold it.</param>
/// <param name="Fetch">An address or a command that gives it, or null.</param>
public sealed record BundleDataFile(string Run, string Name, string Sha256, long Size, string? Path, string? Fetch);
