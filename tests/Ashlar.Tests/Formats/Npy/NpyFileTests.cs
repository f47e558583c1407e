namespace Ashlar.Tests.Formats.Npy;

public sealed class NpyFileTests
{
    // What NumPy itself writes differently: column-major, big-endian and later versions.
    static readonly string[] ReadOnly = ["column-major", "big-endian", "big-endian float64", "big-endian complex", "version 2", "version 3"];

    public static TheoryData<string> Arrays => [.. RecordedNpy.All.Where(row => row.Arrays is [{ Name: "" }]).Select(row => row.Name)];

    public static TheoryData<string> Refused => [.. RecordedNpy.All.Where(row => row.Arrays.Length == 0).Select(row => row.Name)];

    [Theory, MemberData(nameof(Arrays))]
    public void A_file_of_NumPy_is_read(string name)
    {
        RecordedNpy row = RecordedNpy.Named(name);
        row.Arrays[0].Matches(Load(row.File));
    }

    [Theory, MemberData(nameof(Arrays))]
    public void A_file_is_written_as_NumPy_writes_it(string name)
    {
        RecordedNpy row = RecordedNpy.Named(name);
        if (ReadOnly.Contains(name))
        {
            return;
        }

        var stream = new MemoryStream();
        NpyFile.Save(stream, Load(row.File));
        Assert.Equal(row.File, stream.ToArray());
    }

    [Theory, MemberData(nameof(Arrays))]
    public void A_mapped_file_has_the_same_elements(string name)
    {
        RecordedNpy row = RecordedNpy.Named(name);
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "x.npy");
        File.WriteAllBytes(path, row.File);
        row.Arrays[0].Matches(NpyFile.Map(path));
        row.Arrays[0].Matches(NpyFile.Load(path));
    }

    [Theory, MemberData(nameof(Refused))]
    public void A_file_of_other_things_is_refused(string name) => Assert.Throws<ParseException>(() => Load(RecordedNpy.Named(name).File));

    [Fact]
    public void A_saved_file_is_loaded_with_equal_bits()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "x.npy");
        Tensor x = Tensor.From([1.5f, -0f, float.NaN, float.Epsilon], 2, 2);
        NpyFile.Save(path, x.T);
        Assert.Equal(x.T.ToBytes(), NpyFile.Load(path).ToBytes());
    }

    [Theory]
    [InlineData("", "found , expected the six bytes")]
    [InlineData("PK", "found 504B, expected the six bytes")]
    public void Something_else_is_refused_by_its_first_bytes(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ParseException>(() => Load(System.Text.Encoding.ASCII.GetBytes(text))).Message);

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "found 4 bytes of elements, expected 8 for float32[2]")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 4), }", "found more than 2147483647 elements")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "found the extent '' of axis 0")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }", "found '0', expected True or False")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "found the key 'descr'")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", "found a dictionary without one of its keys")]
    [InlineData("{'descr': '<f3', 'fortran_order': False, 'shape': (1,), }", "found the dtype '<f3', expected one of |b1, |i1, |u1, <i2, <u2, <i4, <u4, <i8, <u8, <f2, <f4, <f8, <c8, <c16. Convert")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", "found text behind the dictionary")]
    [InlineData("{'descr': '<f4", "found a text without its closing quote")]
    public void A_header_that_says_something_else_is_refused(string header, string message)
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), 0, 0, 128, 63];
        Assert.Contains(message, Assert.Throws<ParseException>(() => Load(bytes)).Message);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_take_more_memory_than_their_size_explains()
    {
        byte[][] valid = [.. RecordedNpy.All.Where(row => row.Arrays is [{ Name: "" }]).Select(row => row.File)];
        var mutator = new Mutator(seed: 3);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = mutator.Damage(valid[i % valid.Length]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Load(bytes);
            }
            catch (ParseException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64 * 1024) + (32 * bytes.Length));
        }

        Assert.InRange(refused, 8_000, 20_000);
    }

    static Tensor Load(byte[] bytes) => NpyFile.Load(new MemoryStream(bytes), "x.npy");
}
