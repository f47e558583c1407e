using System.Buffers.Binary;
using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

public sealed class EventFileReaderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_at_any_byte_gives_all_events_before_the_cut()
    {
        (byte[] bytes, long[] ends) = Sample();
        string cut = _folder.At("cut");

        for (int length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            using var reader = new EventFileReader(cut);

            Assert.Equal(Math.Max(0, ends.Count(end => end <= length) - 1), Count(reader));
            Assert.Equal(ends.Where(end => end <= length).LastOrDefault() < length, reader.IsTorn);
        }
    }

    [Fact]
    public void A_file_damaged_at_any_byte_gives_the_events_before_the_damage_and_none_behind()
    {
        (byte[] bytes, long[] ends) = Sample();
        string damaged = _folder.At("damaged");

        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] copy = [.. bytes];
            copy[at] ^= 0x10;
            File.WriteAllBytes(damaged, copy);
            using var reader = new EventFileReader(damaged);

            Assert.Equal(Math.Max(0, ends.Count(end => end <= at) - 1), Count(reader));
            Assert.True(reader.IsTorn);
        }
    }

    [Fact]
    public void A_file_is_read_on_while_it_grows_and_from_a_position_kept()
    {
        (byte[] bytes, long[] ends) = Sample();
        string growing = _folder.At("growing");
        File.WriteAllBytes(growing, []);
        using var reader = new EventFileReader(growing);
        long[] steps = [.. Enumerable.Range(0, ends.Length - 1).Select(i => (long)i)];
        var read = new List<long>();

        for (int i = 0; i < bytes.Length; i += 7)
        {
            using (FileStream file = new(growing, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Write(bytes, i, Math.Min(7, bytes.Length - i));
            }

            long position = reader.Position;
            using var second = new EventFileReader(growing, position);
            while (reader.ReadNext())
            {
                Assert.True(second.ReadNext());
                Assert.Equal(reader.Current, second.Current);
                read.Add(reader.Current.Step);
            }

            Assert.False(second.ReadNext());
        }

        Assert.Equal(steps, read);
        Assert.Equal(bytes.Length, reader.Position);
    }

    [Theory]
    [InlineData(100UL)]
    [InlineData((ulong)RecordFrame.Longest)]
    [InlineData(1UL << 32)]
    [InlineData(ulong.MaxValue)]
    public void A_length_beyond_the_file_ends_the_reading_and_takes_no_memory(ulong length)
    {
        string path = _folder.At("hostile");
        var bytes = new byte[RecordFrame.Before + 50];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Masked(bytes.AsSpan(0, 8)));
        File.WriteAllBytes(path, bytes);
        using var reader = new EventFileReader(path);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(reader.ReadNext());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.True(reader.IsTorn);
    }

    [Fact]
    public void A_record_that_is_no_message_is_passed_over_and_counted()
    {
        string path = _folder.At("odd");
        byte[] good = EventEncoder.Encode(new TextEvent("note", 1, 1, "text"), 1);
        var odd = new byte[RecordFrame.Before + 5 + RecordFrame.Behind];
        odd.AsSpan(RecordFrame.Before, 5).Fill(0xFF);
        RecordFrame.Close(odd);
        File.WriteAllBytes(path, [.. good, .. odd, .. good]);
        using var reader = new EventFileReader(path);

        Assert.Equal(2, Count(reader));
        Assert.Equal(1, reader.Unreadable);
    }

    static int Count(EventFileReader reader)
    {
        int count = 0;
        while (reader.ReadNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>The bytes of a file with twelve events behind its first record, and where each record ends.</summary>
    static (byte[] Bytes, long[] Ends) Sample()
    {
        using var bytes = new MemoryStream();
        var ends = new List<long>();
        bytes.Write(EventEncoder.FileVersion(1));
        ends.Add(bytes.Position);
        for (int i = 0; i < 12; i++)
        {
            LoggedEvent e = i % 2 == 0 ? new TextEvent("note", i, 1, $"step {i}") : new HistogramEvent("h", i, 1, [1, 2], [3, 4], 0, 2, 1, 1, 7);
            bytes.Write(EventEncoder.Encode(e, 1));
            ends.Add(bytes.Position);
        }

        return (bytes.ToArray(), [.. ends]);
    }
}
