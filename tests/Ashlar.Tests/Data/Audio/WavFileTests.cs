using System.Buffers.Binary;
using Ashlar.Data.Audio;

namespace Ashlar.Tests.Data.Audio;

public sealed class WavFileTests
{
    [Fact]
    public void Integers_of_every_width_are_parts_of_their_range()
    {
        Assert.Equal([0f, 0.5f, -1f], WavFile.Parse(Wav(1, 1, 16000, 8, [128, 192, 0]), "x").Samples);
        Assert.Equal([0f, 0.5f, -1f], WavFile.Parse(Wav(1, 1, 16000, 16, [0, 0, 0, 0x40, 0, 0x80]), "x").Samples);
        Assert.Equal([0.5f, -1f], WavFile.Parse(Wav(1, 1, 16000, 24, [0, 0, 0x40, 0, 0, 0x80]), "x").Samples);
        Assert.Equal([0.5f, -1f], WavFile.Parse(Wav(1, 1, 16000, 32, [0, 0, 0, 0x40, 0, 0, 0, 0x80]), "x").Samples);
    }

    [Fact]
    public void Floats_stay_as_they_are_and_channels_become_rows()
    {
        byte[] data = new byte[16];
        foreach ((float value, int i) in new[] { 0.25f, 1.5f, -2f, 0f }.Select((value, i) => (value, i)))
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), value);
        }

        WavFile wav = WavFile.Parse(Wav(3, 2, 44100, 32, data), "x");
        Assert.Equal((44100, 2, 2), (wav.Rate, wav.Channels, wav.Length));
        Assert.Equal(new Shape(2, 2), wav.ToTensor().Shape);
        Assert.Equal([0.25f, -2f, 1.5f, 0f], wav.ToTensor().ToArray<float>());
    }

    [Fact]
    public void What_is_no_such_file_is_refused_with_its_place()
    {
        Assert.Equal("x: at byte 0: found other bytes, expected RIFF and WAVE, which begin a WAV file. Check that it is a WAV file.", Refused([1, 2, 3]));
        Assert.Equal("x: at byte 20: found format 85 with 16 bits and 1 channels, expected PCM (1) of 8, 16, 24 or 32 bits or float (3) of 32 or 64. Save it as uncompressed WAV (PCM or float).", Refused(Wav(85, 1, 16000, 16, [])));
        Assert.Contains("found 3 bytes of samples, expected whole groups of 2 bytes", Refused(Wav(1, 1, 16000, 16, [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("expected a chunk 'data' with samples", Refused(Wav(1, 1, 16000, 16, [])[..36]), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_bytes_end_in_one_kind_of_error()
    {
        byte[] good = Wav(1, 1, 16000, 16, [1, 2, 3, 4]);
        for (int seed = 0; seed < 2000; seed++)
        {
            var words = new RandomWords(RandomKey.FromSeed(seed));
            byte[] changed = [.. good];
            changed[words.Below((uint)changed.Length)] = (byte)words.Next();
            changed = changed[..(int)words.Below((uint)changed.Length + 1)];
            try
            {
                WavFile.Parse(changed, "x");
            }
            catch (ParseException)
            {
            }
        }
    }

    static string Refused(byte[] bytes) => Assert.Throws<ParseException>(() => WavFile.Parse(bytes, "x")).Message;

    static byte[] Wav(short format, short channels, int rate, short bits, byte[] data)
    {
        byte[] bytes = [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, .. new byte[16], .. "data"u8, 0, 0, 0, 0, .. data];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), format);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), rate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), bits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), data.Length);
        return bytes;
    }
}
