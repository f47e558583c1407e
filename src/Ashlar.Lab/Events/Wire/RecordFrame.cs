using System.Buffers.Binary;

namespace Ashlar.Lab.Events;

/// <summary>The frame of a record in an event file: its length in 8 bytes, the masked CRC-32C of those, the record, the masked CRC-32C of it; little-endian.</summary>
static class RecordFrame
{
    /// <summary>Bytes before a record.</summary>
    public const int Before = sizeof(ulong) + sizeof(uint);

    /// <summary>Bytes behind a record.</summary>
    public const int Behind = sizeof(uint);

    /// <summary>Bytes that no record of a sound file passes; what claims more is taken for damage. Protobuf itself allows 2 GiB.</summary>
    public const int Longest = 1 << 30;

    /// <summary>Puts the frame around a record.</summary>
    /// <param name="framed">The record with <see cref="Before"/> bytes of room before and <see cref="Behind"/> behind it.</param>
    public static void Close(Span<byte> framed)
    {
        ReadOnlySpan<byte> record = framed[Before..^Behind];
        BinaryPrimitives.WriteUInt64LittleEndian(framed, (ulong)record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(framed[sizeof(ulong)..], Crc32C.Masked(framed[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(framed[^Behind..], Crc32C.Masked(record));
    }

    /// <summary>The length of the record that a header announces, or -1 when its checksum is wrong or the length is out of reason.</summary>
    /// <param name="header"><see cref="Before"/> bytes.</param>
    public static int Length(ReadOnlySpan<byte> header)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]);
        return length <= Longest && checksum == Crc32C.Masked(header[..sizeof(ulong)]) ? (int)length : -1;
    }

    /// <summary>Whether a record is the one whose checksum stands behind it.</summary>
    /// <param name="closed">The record and the <see cref="Behind"/> bytes behind it.</param>
    public static bool IsWhole(ReadOnlySpan<byte> closed) =>
        BinaryPrimitives.ReadUInt32LittleEndian(closed[^Behind..]) == Crc32C.Masked(closed[..^Behind]);
}
