namespace Ashlar.Lab.Reproduction;

/// <summary>A part of a training that can be trained again alone.</summary>
/// <param name="From">Steps taken at its beginning.</param>
/// <param name="To">Steps taken at its end, where the record has a link.</param>
/// <param name="Checkpoint">The store's file of the state at the beginning; null for the very beginning.</param>
sealed record ReplayInterval(long From, long To, string? Checkpoint);
