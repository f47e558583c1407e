namespace Ashlar.Lab;

/// <summary>What git knew of the sources when a run began.</summary>
/// <param name="Commit">Full name of the commit, or null before the first.</param>
/// <param name="Branch">Its name, or null where none was checked out.</param>
/// <param name="Patch">SHA-256 of what differed from the commit, as a patch in the store; null where nothing did.</param>
/// <param name="Untracked">Files that git neither knew nor ignored.</param>
public sealed record GitRecord(string? Commit, string? Branch, string? Patch, IReadOnlyList<string> Untracked);
