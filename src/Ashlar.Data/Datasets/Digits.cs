using System.IO.Compression;
using System.Security.Cryptography;

namespace Ashlar.Data.Datasets;

/// <summary>The handwritten digits that come with Ashlar: 1 797 images of 8 × 8 pixels from 0 to 16, ten classes.</summary>
/// <remarks>
/// E. Alpaydin and C. Kaynak 1998, UCI Machine Learning Repository, CC BY 4.0. The test part is every fifth image of each class in the order of the
/// file (355), the train part the rest (1 442): no chance is involved and the classes keep their shares. Every fifth image of the whole file would
/// not do, because the file runs through the digits in order for long stretches.
/// </remarks>
public static class Digits
{
    /// <summary>SHA-256 of digits.csv.gz.</summary>
    public const string Sha256 = "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a";

    const string ResourceName = "digits.csv.gz";
    const int Count = 1797;
    const int Size = 8;
    const int TestEvery = 5;

    /// <summary>Loads the digits from the assembly itself; no file is read.</summary>
    /// <exception cref="ParseException">The assembly was altered.</exception>
    public static ImageDataset Load()
    {
        using Stream resource = typeof(Digits).Assembly.GetManifestResourceStream(ResourceName)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return Parse(bytes, ResourceName);
    }

    /// <summary>Reads the bytes of a copy of digits.csv.gz.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The SHA-256 is not <see cref="Sha256"/>.</exception>
    public static ImageDataset Parse(byte[] bytes, string file)
    {
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (found != Sha256)
        {
            throw new ParseException(file, -1, $"the SHA-256 {found}", Sha256, "The file is damaged or another one; take it from samples/data/digits.");
        }

        // From here on the content is known, so nothing of it needs a check.
        var pixels = new byte[Count * Size * Size];
        var labels = new byte[Count];
        using var text = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        for (int image = 0; image < Count; image++)
        {
            string[] fields = text.ReadLine()!.Split(',');
            for (int i = 0; i < Size * Size; i++)
            {
                pixels[(image * Size * Size) + i] = byte.Parse(fields[i], System.Globalization.CultureInfo.InvariantCulture);
            }

            labels[image] = byte.Parse(fields[^1], System.Globalization.CultureInfo.InvariantCulture);
        }

        return Split(new ImageSet(pixels, labels, 1, Size, Size));
    }

    static ImageDataset Split(ImageSet all)
    {
        var seen = new int[10];
        var isTest = new bool[Count];
        for (int image = 0; image < Count; image++)
        {
            isTest[image] = ++seen[all.Labels[image]] % TestEvery == 0;
        }

        string[] names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        return new ImageDataset("digits", Part(all, isTest, false), Part(all, isTest, true), 16, names);
    }

    static ImageSet Part(ImageSet all, bool[] isTest, bool test)
    {
        int[] indices = [.. Enumerable.Range(0, Count).Where(image => isTest[image] == test)];
        byte[] pixels = [.. indices.SelectMany(image => all.Image(image).ToArray())];
        return new ImageSet(pixels, [.. indices.Select(image => all.Labels[image])], 1, Size, Size);
    }
}
