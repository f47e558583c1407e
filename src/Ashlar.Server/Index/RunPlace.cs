namespace Ashlar.Server.Index;

/// <summary>Where a run is.</summary>
/// <param name="Id">How it is asked for.</param>
/// <param name="Folder">Absolute.</param>
/// <param name="IsForeign">Whether the folder has event files of another tool and nothing else of ours.</param>
readonly record struct RunPlace(string Id, string Folder, bool IsForeign);
