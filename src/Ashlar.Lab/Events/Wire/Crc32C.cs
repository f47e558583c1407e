using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace Ashlar.Lab.Events;

/// <summary>CRC-32C (Castagnoli, polynomial 0x82F63B78 reflected; RFC 3720, appendix B.4) and the mask that event files put over it.</summary>
static class Crc32C
{
    // The definition; processors that have an instruction for it give the same number.
    static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        if (Sse42.X64.IsSupported)
        {
            ulong wide = crc;
            while (bytes.Length >= sizeof(ulong))
            {
                wide = Sse42.X64.Crc32(wide, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[sizeof(ulong)..];
            }

            crc = (uint)wide;
            foreach (byte b in bytes)
            {
                crc = Sse42.Crc32(crc, b);
            }

            return ~crc;
        }

        if (ArmCrc32.Arm64.IsSupported)
        {
            while (bytes.Length >= sizeof(ulong))
            {
                crc = ArmCrc32.Arm64.ComputeCrc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[sizeof(ulong)..];
            }

            foreach (byte b in bytes)
            {
                crc = ArmCrc32.ComputeCrc32C(crc, b);
            }

            return ~crc;
        }

        return ByTable(bytes);
    }

    /// <summary>The definition, byte by byte.</summary>
    public static uint ByTable(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>The checksum as event files store it: rotated right by 15 bits plus 0xA282EAD8, so that a checksum over data which holds checksums stays a good one.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => uint.RotateRight(Of(bytes), 15) + 0xA282EAD8;

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0x82F63B78 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
