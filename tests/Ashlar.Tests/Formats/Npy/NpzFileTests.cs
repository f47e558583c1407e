namespace Ashlar.Tests.Formats.Npy;

public sealed class NpzFileTests
{
    [Theory, InlineData("npz"), InlineData("npz compressed")]
    public void A_file_of_NumPy_is_read(string name)
    {
        RecordedNpy row = RecordedNpy.Named(name);
        using NpzFile file = NpzFile.Open(new MemoryStream(row.File), "x.npz");
        Assert.Equal(["weights", "größe", "mask"], file.Names);
        Assert.All(row.Arrays, array => array.Matches(file[array.Name]));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_saved_file_is_opened_with_equal_bits(bool compress)
    {
        var arrays = new Dictionary<string, Tensor> { ["a"] = Tensor.Arange(1000), ["b"] = Tensor.Scalar(2.5) };
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "x.npz");
        NpzFile.Save(path, arrays, compress);
        byte[] first = File.ReadAllBytes(path);
        NpzFile.Save(path, arrays, compress);
        Assert.Equal(first, File.ReadAllBytes(path));
        using NpzFile file = NpzFile.Open(path);
        Assert.Equal(["a", "b"], file.Names);
        Assert.Equal(arrays["a"].ToArray<int>(), file["a"].ToArray<int>());
        Assert.Equal(2.5f, file["b"].Item<float>());
    }

    [Fact]
    public void What_is_not_there_or_twice_is_named()
    {
        using NpzFile file = NpzFile.Open(new MemoryStream(RecordedNpy.Named("npz").File), "x.npz");
        Assert.Equal("x.npz: no array is named 'weight'. It holds 3: weights, größe, mask.", Assert.Throws<KeyNotFoundException>(() => file["weight"]).Message);
        Assert.StartsWith("x.npz: found no zip archive", Assert.Throws<ParseException>(() => NpzFile.Open(new MemoryStream([1, 2, 3]), "x.npz")).Message);
        KeyValuePair<string, Tensor>[] twice = [new("a", Tensor.Scalar(1)), new("a", Tensor.Scalar(2))];
        Assert.StartsWith("NpzFile.Save: two arrays are named 'a'.", Assert.Throws<ArgumentException>(() => NpzFile.Save(new MemoryStream(), twice)).Message);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        var mutator = new Mutator(seed: 5);
        int refused = 0;
        for (int i = 0; i < 4_000; i++)
        {
            byte[] bytes = mutator.Damage(RecordedNpy.Named(i % 2 == 0 ? "npz" : "npz compressed").File);
            try
            {
                using NpzFile file = NpzFile.Open(new MemoryStream(bytes), "x.npz");
                foreach (string name in file.Names)
                {
                    _ = file[name];
                }
            }
            catch (ParseException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 4_000);
    }
}
