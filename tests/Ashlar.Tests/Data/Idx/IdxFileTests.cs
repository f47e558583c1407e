using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Ashlar.Data.Idx;

namespace Ashlar.Tests.Data.Idx;

public sealed class IdxFileTests
{
    const string Refetch = "The file is damaged or was not copied whole; fetch it again.";

    internal static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    internal static byte[] Idx(byte code, int[] shape, params byte[] data)
    {
        byte[] bytes = [0, 0, code, (byte)shape.Length, .. new byte[4 * shape.Length], .. data];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), shape[axis]);
        }

        return bytes;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_are_read_plain_and_packed(bool packed)
    {
        byte[] bytes = Idx(0x08, [2, 1, 3], 1, 2, 3, 4, 5, 255);

        IdxFile file = IdxFile.Parse(packed ? Gzip(bytes) : bytes, "x");

        Assert.Equal((DType.UInt8, new Shape(2, 1, 3)), (file.DType, file.Shape));
        Assert.Equal([1, 2, 3, 4, 5, 255], file.Data);
    }

    [Fact]
    public void Larger_elements_are_turned_to_little_endian()
    {
        Assert.Equal([1, -2], IdxFile.Parse(Idx(0x0C, [2], 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE), "x").ToTensor().ToArray<int>());
        Assert.Equal([1, -2], MemoryMarshal.Cast<byte, int>(IdxFile.Parse(Idx(0x0C, [2], 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE), "x").Data));
        Assert.Equal([1.5f], MemoryMarshal.Cast<byte, float>(IdxFile.Parse(Idx(0x0D, [1], 0x3F, 0xC0, 0, 0), "x").Data));
        Assert.Equal([-2.0], MemoryMarshal.Cast<byte, double>(IdxFile.Parse(Idx(0x0E, [], 0xC0, 0, 0, 0, 0, 0, 0, 0), "x").Data));
    }

    [Fact]
    public void A_file_is_read_by_its_path_and_told_to_be_packed_by_its_bytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x"), Gzip(Idx(0x08, [1], 7)));

        IdxFile file = IdxFile.Read(folder.File("x"));

        Assert.Equal([7], file.Data);
        Assert.Equal(folder.File("x") + " (unpacked)", file.Name);
    }

    [Theory]
    [InlineData("00000", 2, "the end of the file", "the 4 bytes that begin an IDX file", "The file was not copied whole; fetch it again.")]
    [InlineData("89504E47", 0, "the bytes 0x89 0x50", "0x00 0x00, which begin an IDX file", "Check that it is an IDX file.")]
    [InlineData("00000B01", 2, "the element type 0x0B (int16)", "uint8 (0x08), int32 (0x0C), float32 (0x0D) or float64 (0x0E)", "Convert the file to int32.")]
    [InlineData("00000901", 2, "the element type 0x09 (int8)", "uint8 (0x08), int32 (0x0C), float32 (0x0D) or float64 (0x0E)", "Convert the file to int32.")]
    [InlineData("00000A01", 2, "the element type 0x0A", "0x08 to 0x0E without 0x0A", "Check that it is an IDX file.")]
    [InlineData("00000841", 3, "65 axes", "at most 64", Refetch)]
    [InlineData("00000802000000", 7, "the end of the file", "extent 1 of 2", "The file was not copied whole; fetch it again.")]
    [InlineData("00000801FFFFFFFF", 4, "the extent 4294967295, which makes 4294967295 elements or more", "at most 2147483647 elements", Refetch)]
    [InlineData("000008020001000000010000", 8, "the extent 65536, which makes 4294967296 elements or more", "at most 2147483647 elements", Refetch)]
    [InlineData("000008010000000301", 8, "at most 1 bytes", "the 3 bytes of uint8 [3]", Refetch)]
    [InlineData("00000E017FFFFFFF", 8, "at most 0 bytes", "the 17179869176 bytes of float64 [2147483647]", Refetch)]
    [InlineData("00000801000000010102", 9, "1 bytes behind the last element", "the end of the file", "The file is damaged; fetch it again.")]
    public void A_plain_file_that_breaks_the_format_is_refused(string hex, long offset, string found, string expected, string remedy)
    {
        byte[] bytes = Convert.FromHexString(hex[..(hex.Length & ~1)]);
        var e = Assert.Throws<ParseException>(() => IdxFile.Parse(bytes, "x"));
        Assert.Equal($"x: at byte {offset}: found {found}, expected {expected}. {remedy}", e.Message);
    }

    [Fact]
    public void A_packed_file_that_unpacks_to_more_is_refused_without_unpacking_it()
    {
        byte[] bomb = Gzip([.. Idx(0x08, [2], 1, 2), .. new byte[50_000_000]]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<ParseException>(() => IdxFile.Parse(bomb, "x"));

        Assert.Equal("x (unpacked): at byte 10: found bytes behind the last element, expected the end of the file. The file is damaged; fetch it again.", e.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_packed_file_that_claims_more_than_it_can_hold_takes_no_memory()
    {
        byte[] packed = Gzip(Idx(0x08, [2_000_000_000], 1));
        var e = Assert.Throws<ParseException>(() => IdxFile.Parse(packed, "x"));
        Assert.Equal($"x (unpacked): at byte 8: found at most {(packed.Length * 1032) - 8} bytes, expected the 2000000000 bytes of uint8 [2000000000]. {Refetch}", e.Message);
    }

    [Fact]
    public void A_packed_file_with_too_few_elements_is_refused()
    {
        var e = Assert.Throws<ParseException>(() => IdxFile.Parse(Gzip(Idx(0x08, [3], 1)), "x"));
        Assert.Equal("x (unpacked): at byte 9: found the end of the file, expected the 3 bytes of uint8 [3]. The file was not copied whole; fetch it again.", e.Message);
    }

    [Fact]
    public void What_follows_the_packed_data_is_refused()
    {
        var e = Assert.Throws<ParseException>(() => IdxFile.Parse([.. Gzip(Idx(0x08, [1], 7)), 1, 2, 3], "x"));
        Assert.StartsWith("x (unpacked): at byte 9: found other bytes than the checksum and length of the unpacked data at the end of the gzip file, expected CRC-32 ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(" and 9 bytes. The file is damaged, cut off or followed by something else; fetch it again.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_data_that_was_altered_is_refused()
    {
        byte[] packed = Gzip(Idx(0x08, [1], 7));
        packed[12] ^= 0xFF;
        var e = Assert.Throws<ParseException>(() => IdxFile.Parse(packed, "x"));
        Assert.Equal("x (unpacked): at byte 0: found gzip data that cannot be unpacked, expected a valid gzip file. The file is damaged; fetch it again.", e.Message);
    }

    [Fact]
    public void A_packed_file_cut_off_anywhere_is_refused()
    {
        byte[] packed = Gzip(Idx(0x08, [300], [.. Enumerable.Range(0, 300).Select(i => (byte)(i * i))]));
        for (int length = 0; length < packed.Length; length++)
        {
            Assert.Throws<ParseException>(() => IdxFile.Parse(packed[..length], "x"));
        }
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_take_more_memory_than_their_size_explains()
    {
        byte[] plain = Idx(0x0C, [2, 3], new byte[24]);
        byte[][] valid = [plain, Gzip(plain)];
        var mutator = new Mutator(seed: 2);
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bytes = mutator.Damage(valid[i % 2]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                IdxFile.Parse(bytes, "x");
            }
            catch (ParseException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 + 1032 * bytes.Length);
        }

        Assert.InRange(refused, 5_000, 10_000);
    }
}
