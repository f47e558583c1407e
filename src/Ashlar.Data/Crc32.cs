namespace Ashlar.Data;

/// <summary>The CRC-32 of gzip, zip and PNG (ISO 3309, polynomial 0xEDB88320 reflected).</summary>
public static class Crc32
{
    static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of what <paramref name="checksum"/> stands for followed by <paramref name="bytes"/>; nothing has the checksum 0.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
        foreach (byte b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
