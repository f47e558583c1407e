namespace Ashlar.Lab;

/// <summary>One line of <c>artifacts.jsonl</c>: a file that a run made. Its bytes are in the store.</summary>
/// <param name="Name">A relative path with <c>/</c>; see <see cref="ArtifactName"/>.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
/// <param name="Step">Of the training, or null.</param>
/// <param name="Time">When it was kept.</param>
public sealed record ArtifactRecord(string Name, string Sha256, long Size, string MediaType, long? Step, DateTimeOffset Time);
