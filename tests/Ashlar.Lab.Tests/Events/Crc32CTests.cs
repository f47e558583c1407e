using System.Text;
using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

public sealed class Crc32CTests
{
    // RFC 3720, appendix B.4; the first is the check value of the catalogues of CRCs.
    [Theory]
    [InlineData("313233343536373839", 0xE3069283u)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    public void The_checksums_of_the_standard_come_out(string hexadecimal, uint checksum)
    {
        byte[] bytes = Convert.FromHexString(hexadecimal);

        Assert.Equal(checksum, Crc32C.Of(bytes));
        Assert.Equal(checksum, Crc32C.ByTable(bytes));
    }

    [Fact]
    public void The_instruction_gives_what_the_table_gives_for_every_length()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("Masonry of squared stones laid in level courses, each fitting the next without mortar.");

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Equal(Crc32C.ByTable(bytes.AsSpan(0, length)), Crc32C.Of(bytes.AsSpan(0, length))));
    }
}
