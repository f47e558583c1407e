using FsCheck;
using FsCheck.Fluent;

namespace Ashlar.Tests.Formats.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_read_for_every_dtype()
    {
        string path = _folder.File("w.safetensors");
        SafetensorsTensor[] saved = Samples.OfEveryDType();
        SafetensorsWriter.Save(path, saved, new Dictionary<string, string> { ["law"] = "1", ["ö"] = "\u0001\n" });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(saved.Select(t => t.Name).Order(StringComparer.Ordinal), file.Entries.Select(e => e.Name));
        Assert.Equal([new("law", "1"), new("ö", "\u0001\n")], file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        foreach (SafetensorsTensor tensor in saved)
        {
            SafetensorsTensor read = file.Read(tensor.Name);
            Assert.Equal((tensor.DType, tensor.Shape), (read.DType, read.Shape));
            Assert.Equal(tensor.Data.ToArray(), read.Data.ToArray());
        }
    }

    [Fact]
    public void Any_tensors_come_back_and_are_written_to_the_same_bytes_again()
    {
        Arbitrary<(NonNull<string> Name, short[] Values, byte Type)[]> any = ArbMap.Default.ArbFor<(NonNull<string>, short[], byte)[]>();
        Prop.ForAll(any, drawn =>
        {
            SafetensorsTensor[] tensors = [.. drawn.Where(d => !d.Name.Get.Any(char.IsSurrogate)).DistinctBy(d => d.Name.Get).Select(d => Draw(d.Name.Get, d.Values, d.Type))];
            byte[] file = Samples.Write(tensors, tensors.ToDictionary(t => t.Name, t => t.Name + "!"));
            SafetensorsFile read = Samples.Open(file);
            return Samples.Write(read.ReadAll(), read.Metadata).AsSpan().SequenceEqual(file)
                && tensors.All(t => read.Read(t.Name).Data.Span.SequenceEqual(t.Data.Span) && read[t.Name].Shape.Equals(t.Shape) && read[t.Name].DType == t.DType);
        }).QuickCheckThrowOnFailure();
    }

    // Recorded from the format's first implementation before it padded headers (0.2): safetensors.numpy.save({"test": x}),
    // x = np.zeros((2, 2), dtype=np.int32); x[1, 1] = 1.
    [Fact]
    public void A_file_of_another_implementation_is_read()
    {
        byte[] recorded = [(byte)'<', 0, 0, 0, 0, 0, 0, 0, .. """{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}"""u8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];

        SafetensorsFile file = Samples.Open(recorded);

        Assert.Equal([new SafetensorsEntry("test", DType.Int32, new Shape(2, 2), 68, 16)], file.Entries);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], file.Read("test").Data.ToArray());
    }

    [Fact]
    public void Fields_and_tensors_may_come_in_any_order()
    {
        byte[] bytes = Samples.Raw("""{ "b": {"shape": [], "data_offsets": [1, 2], "dtype": "U8"}, "a": {"data_offsets": [0, 1], "dtype": "BOOL", "shape": [1, 1]} }""", 2);

        Assert.Equal([(DType.Bool, 0L), (DType.UInt8, 1L)], Samples.Open(bytes).Entries.Select(e => (e.DType, e.Offset - (bytes.Length - 2))));
    }

    [Fact]
    public void A_file_without_tensors_is_read() => Assert.Empty(Samples.Open(Samples.Write([])).ReadAll());

    [Fact]
    public void A_name_that_is_not_there_is_reported_with_those_that_are()
    {
        SafetensorsFile file = Samples.Open(Samples.Write([Samples.Tensor("a", [1], 1), Samples.Tensor("b", [1], 1)]));
        var e = Assert.Throws<KeyNotFoundException>(() => file.Read("c"));
        Assert.Equal("w.safetensors: no tensor is named 'c'. It holds 2: a, b.", e.Message);
    }

    [Fact]
    public void Of_many_names_the_first_twenty_are_reported()
    {
        SafetensorsFile file = Samples.Open(Samples.Write(Enumerable.Range(10, 21).Select(i => Samples.Tensor($"t{i}", [i], 1))));
        Assert.EndsWith("It holds 21: t10, t11, t12, t13, t14, t15, t16, t17, t18, t19, t20, t21, t22, t23, t24, t25, t26, t27, t28, t29, ….", Assert.Throws<KeyNotFoundException>(() => file["x"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused_when_read()
    {
        byte[] bytes = Samples.Write([Samples.Tensor("m", [true, false], 2)]);
        bytes[^1] = 7;
        var e = Assert.Throws<ParseException>(() => Samples.Open(bytes).Read("m"));
        Assert.Equal($"w.safetensors: at byte {bytes.Length - 1}: found the byte 7 in the bool tensor 'm', expected 0 or 1. Write the tensor again, or store it as U8.", e.Message);
    }

    [Fact]
    public void A_tensor_larger_than_an_array_is_refused_before_memory_is_taken()
    {
        byte[] header = System.Text.Encoding.ASCII.GetBytes("""{"x":{"dtype":"F64","shape":[300000000],"data_offsets":[0,2400000000]}}""");
        string path = _folder.File("large.safetensors");
        using (FileStream sparse = File.Create(path))
        {
            sparse.Write(Samples.Raw(header, 0));
            sparse.SetLength(8 + header.Length + 2_400_000_000L);
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        var e = Assert.Throws<ParseException>(() => file.Read("x"));
        Assert.Equal($"{path}: at byte {8 + header.Length}: found tensor 'x' of 2400000000 bytes, expected at most 2147483591. Split the tensor.", e.Message);
    }

    [Fact]
    public void A_refused_file_is_closed()
    {
        string path = _folder.File("w.safetensors");
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Throws<ParseException>(() => SafetensorsFile.Open(path));
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(3, alone.Length);
    }

    static SafetensorsTensor Draw(string name, short[] values, byte type) => (type % 6) switch
    {
        0 => Samples.Tensor(name, [.. values.Select(x => x > 0)], values.Length),
        1 => Samples.Tensor(name, [.. values.Select(x => (byte)x)], 1, values.Length),
        2 => Samples.Tensor(name, [.. values.Select(x => (int)x)], values.Length, 1),
        3 => Samples.Tensor(name, [.. values.Select(x => (long)x << 40)], values.Length),
        4 => Samples.Tensor(name, [.. values.Select(x => x / 3f)], values.Length),
        _ => Samples.Tensor(name, [.. values.Select(x => x / 3.0)], values.Length),
    };
}
