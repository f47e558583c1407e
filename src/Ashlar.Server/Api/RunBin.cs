using Ashlar.Lab;
using Ashlar.Server.Index;

namespace Ashlar.Server.Api;

/// <summary>Where deleted runs go, and from where a person or a client can take them back.</summary>
/// <param name="folder">The lab's folder.</param>
/// <param name="index">Knows the runs.</param>
sealed class RunBin(string folder, RunIndex index)
{
    readonly string _path = Path.Combine(Path.GetFullPath(folder), "trash");

    /// <summary>Moves a run into the bin.</summary>
    /// <returns>Where it is now.</returns>
    public string Throw(RunRow run)
    {
        Directory.CreateDirectory(_path);
        string to = Path.Combine(_path, run.Place.Id);
        Directory.Move(run.Place.Folder, to);
        index.Look();
        return to;
    }

    /// <summary>Takes a run back; false where the bin has none of the id.</summary>
    public bool Restore(string id)
    {
        if (Find(id) is not { } run)
        {
            return false;
        }

        Directory.Move(run.Folder, Path.Combine(index.Folders.RunsPath, id));
        index.Look();
        return true;
    }

    /// <summary>A run in the bin, or null.</summary>
    public RunRecord? Find(string id) => RunId.IsValid(id) && Directory.Exists(Path.Combine(_path, id)) ? new RunRecord(Path.Combine(_path, id)) : null;

    /// <summary>All runs in the bin, the newest first.</summary>
    public IEnumerable<RunRecord> All() => !Directory.Exists(_path)
        ? []
        : Directory.EnumerateDirectories(_path).Where(run => RunId.IsValid(Path.GetFileName(run))).OrderDescending(StringComparer.Ordinal).Select(run => new RunRecord(run));
}
