namespace Ashlar.Lab;

/// <summary>What <c>code.json</c> holds: the sources of a run. Their bytes are in the store.</summary>
/// <param name="Project">The script or project, a path below <see cref="Root"/>; null where it is not known.</param>
/// <param name="Files">Source files in ordinal order of their paths.</param>
/// <param name="Git">What git knew, or null where there is none.</param>
/// <param name="Locks">Lock files of packages; they are among <see cref="Files"/> too.</param>
/// <param name="Root">The folder that paths begin in, as it was on the machine of the run.</param>
public sealed record CodeRecord(string? Project, IReadOnlyList<CodeFile> Files, GitRecord? Git, IReadOnlyList<LockFile> Locks, string? Root = null)
{
    internal static CodeRecord Unknown { get; } = new(null, [], null, []);
}
