using Ashlar.Lab;

namespace Ashlar.Cli.Programs;

/// <summary>Places of a training that repeats a recorded one.</summary>
static class RepeatedData
{
    /// <summary>A folder in which all files of data stand beside one another under their names in the run, or null where nothing is repeated or nothing was read.</summary>
    public static string? Folder(ReproductionRequest? request)
    {
        if (request is null || request.Data.Count == 0)
        {
            return null;
        }

        string folder = Directory.CreateDirectory(Path.Combine(LabFolder.Find().Path, "data")).FullName;
        foreach ((string name, string path) in request.Data)
        {
            string place = Path.Combine(folder, Path.GetFileName(name));
            if (!File.Exists(place))
            {
                File.Copy(path, place);
            }
        }

        return folder;
    }

    /// <summary>Where a repeated training puts its model: beside its record, never over the first one's; or null.</summary>
    public static string? Out(ReproductionRequest? request) => request is null ? null : Path.Combine(LabFolder.Find().Path, "model");
}
