using System.Security.Cryptography;
using Ashlar.Data.Datasets;

namespace Ashlar.Tests.Data.Datasets;

public sealed class DigitsTests
{
    // python3: from sklearn.datasets import load_digits; d = load_digits(); d.data.sum(); [(d.data[d.target == c].sum()) for c in range(10)]; np.bincount(d.target)
    // (scikit-learn 1.2.1)
    [Fact]
    public void The_digits_are_those_of_scikit_learn()
    {
        ImageDataset digits = Digits.Load();
        var sums = new long[10];
        var counts = new int[10];
        foreach (ImageSet part in new[] { digits.Train, digits.Test })
        {
            for (int i = 0; i < part.Count; i++)
            {
                counts[part.Labels[i]]++;
                sums[part.Labels[i]] += part.Image(i).ToArray().Sum(pixel => (long)pixel);
            }
        }

        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], counts);
        Assert.Equal([56415, 57007, 55566, 56151, 56239, 55915, 56336, 54289, 57408, 56392], sums);
        Assert.Equal((10, 1, 8, 8, 16), (digits.Classes, digits.Channels, digits.Height, digits.Width, digits.Maximum));
    }

    [Fact]
    public void Every_fifth_image_of_each_class_is_for_the_test()
    {
        ImageDataset digits = Digits.Load();

        Assert.Equal([35, 36, 35, 36, 36, 36, 36, 35, 34, 36], Enumerable.Range(0, 10).Select(c => digits.Test.Labels.Count(label => label == c)));
        Assert.Equal((1442, 355), (digits.Train.Count, digits.Test.Count));

        // The first line of the file is the first 0, and line 37 the fifth: zcat digits.csv.gz | grep -n ',0$' | sed -n '1p;5p'
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], digits.Train.Image(0)[..8].ToArray());
        int zero = Array.IndexOf(digits.Test.Labels, (byte)0);
        Assert.Equal([0, 0, 6, 14, 10, 2, 0, 0, 0, 0, 15, 15, 13, 15, 3, 0], digits.Test.Image(zero)[..16].ToArray());
    }

    // The same split written in NumPy: t = every 5th of each class; hashlib.sha256(X[t].tobytes() + y[t].tobytes()), X and y as uint8
    [Fact]
    public void The_parts_are_the_same_on_every_machine()
    {
        ImageDataset digits = Digits.Load();
        Assert.Equal("d5517839a928f2d0aebc063963464d2eaf573b1e32a2a1a29581cc93bb7fb97b", Convert.ToHexStringLower(SHA256.HashData([.. digits.Train.Pixels, .. digits.Train.Labels])));
        Assert.Equal("dffb3bbc3bee43a253e1a27dcd91eed7938a7aa43dbb1099812cb3e7392d9b1c", Convert.ToHexStringLower(SHA256.HashData([.. digits.Test.Pixels, .. digits.Test.Labels])));
    }

    [Fact]
    public void An_altered_copy_is_refused()
    {
        var e = Assert.Throws<ParseException>(() => Digits.Parse([1, 2, 3], "digits.csv.gz"));
        Assert.Equal($"digits.csv.gz: found the SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81, expected {Digits.Sha256}. The file is damaged or another one; take it from samples/data/digits.", e.Message);
    }
}
