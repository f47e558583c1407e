using Ashlar.Data.Datasets;
using Ashlar.Lab.Configuration;

namespace Ashlar.Cli;

/// <summary>Finds the dataset of a name.</summary>
static class DatasetPlaces
{
    const string Bundled = "digits";

    /// <summary>Names that need no folder given.</summary>
    public static IReadOnlyList<string> Known { get; } = [Bundled, "fashion-mnist", "mnist"];

    /// <summary>The folder with a dataset's files, or null for the digits, which need none.</summary>
    /// <param name="name">A known name, or any with a folder.</param>
    /// <param name="folder">Where the IDX files are, or null for the usual places.</param>
    /// <exception cref="UsageException">The name is not known and no folder is given, or the digits are sought in one.</exception>
    /// <exception cref="FileNotFoundException">No folder holds the files.</exception>
    public static string? FolderOf(string name, string? folder)
    {
        if (name == Bundled)
        {
            return folder is null ? null : throw new UsageException($"train: digits come with Ashlar and are not read from '{folder}'. Leave out --data, or call the dataset by another name.");
        }

        if (folder is not null)
        {
            return Directory.Exists(folder) ? folder : throw new FileNotFoundException($"{folder}: there is no such folder. Pass the one that holds the four IDX files of {name} with --data.");
        }

        if (!Known.Contains(name))
        {
            throw new UsageException($"train: no dataset is named '{name}'. Known: {string.Join(", ", Known)}. Did you mean {NearestName.To(name, Known)}? For IDX files of your own add --data DIR.");
        }

        string[] places = [Path.Combine(".ashlar", "data", name), Path.Combine("data", name), $"/usr/share/datasets/{name}"];
        return Array.Find(places, Directory.Exists)
            ?? throw new FileNotFoundException($"{name}: no folder holds the dataset. Looked for {string.Join(", ", places)}. Pass the folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (each may end in .gz) with --data.");
    }

    /// <param name="name">The dataset's.</param>
    /// <param name="folder">As <see cref="FolderOf"/> gave it.</param>
    /// <param name="classes">Number of classes of an IDX dataset.</param>
    public static ImageDataset Load(string name, string? folder, int classes) => folder is null ? Digits.Load() : IdxFolder.Load(folder, name, classes);
}
