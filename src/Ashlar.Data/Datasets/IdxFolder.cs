using System.Globalization;
using Ashlar.Data.Idx;

namespace Ashlar.Data.Datasets;

/// <summary>Loads the MNIST family (MNIST, Fashion-MNIST, KMNIST, EMNIST …) from a folder with the four files of the usual names.</summary>
/// <remarks>
/// <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c>, <c>t10k-labels-idx1-ubyte</c>, each with or without
/// <c>.gz</c>; without is taken where both are there.
/// </remarks>
public static class IdxFolder
{
    /// <summary>Classes of most datasets of the family: 10.</summary>
    public const int DefaultClasses = 10;

    /// <summary>The names of the ten classes of Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf 2017, table 2), by label.</summary>
    public static IReadOnlyList<string> FashionMnistClasses { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    static readonly string[] FileNames = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">The folder's path, for example where a system package puts a dataset.</param>
    /// <param name="name">The dataset's name; null takes the folder's own. <c>fashion-mnist</c> brings its class names, any other numbers them.</param>
    /// <param name="classes">Number of classes, 1 to 256.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message lists all that were looked for.</exception>
    /// <exception cref="ParseException">A file breaks the format, images and labels differ in number, or a label names no class.</exception>
    public static ImageDataset Load(string folder, string? name = null, int classes = DefaultClasses)
    {
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string[] paths = Find(folder);
        string[] numbers = [.. Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        IReadOnlyList<string> classNames = name == "fashion-mnist" && classes == FashionMnistClasses.Count ? FashionMnistClasses : numbers;
        return new ImageDataset(name, ReadPart(paths[0], paths[1], classes), ReadPart(paths[2], paths[3], classes), 255, classNames);
    }

    /// <summary>The paths of the four files, in the order of the remarks.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message lists all that were looked for.</exception>
    public static IReadOnlyList<string> FilesOf(string folder) => Find(folder);

    static string[] Find(string folder)
    {
        string?[] found = [.. FileNames.Select(name => Candidates(folder, name).FirstOrDefault(File.Exists))];
        string[] missing = [.. FileNames.Where((_, i) => found[i] is null)];
        return missing.Length == 0
            ? [.. found.OfType<string>()]
            : throw new FileNotFoundException($"{folder}: {missing.Length} of the 4 files of an IDX dataset are missing. Looked for {string.Join(", ", missing.Select(name => $"{name} and {name}.gz"))}. Pass the folder that holds them.");
    }

    static string[] Candidates(string folder, string name) => [Path.Combine(folder, name), Path.Combine(folder, name + ".gz")];

    static ImageSet ReadPart(string imagesPath, string labelsPath, int classes)
    {
        IdxFile images = ReadBytes(imagesPath, 3, "[N, H, W]");
        IdxFile labels = ReadBytes(labelsPath, 1, "[N]");
        if (images.Shape[0] != labels.Shape[0])
        {
            throw new ParseException(labels.Name, 4, $"{labels.Shape[0]} labels", $"one for each of the {images.Shape[0]} images of {images.Name}", "Take both files from one source.");
        }

        int wrong = labels.Data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
        {
            throw new ParseException(labels.Name, 8 + wrong, $"the label {labels.Data[wrong]}", $"one of the {classes} classes 0 to {classes - 1}", "Pass the right number of classes.");
        }

        return new ImageSet(images.Data, labels.Data, 1, images.Shape[1], images.Shape[2]);
    }

    static IdxFile ReadBytes(string path, int rank, string form)
    {
        IdxFile file = IdxFile.Read(path);
        return file.DType == DType.UInt8 && file.Shape.Rank == rank && (rank == 1 || (file.Shape[1] > 0 && file.Shape[2] > 0))
            ? file
            : throw new ParseException(file.Name, 2, $"{file.DType.Name} {file.Shape}", $"uint8 {form} with images of at least one pixel", "Check that the file is the one its name says.");
    }
}
