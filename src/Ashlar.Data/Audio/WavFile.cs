using System.Buffers.Binary;
using System.Text;

namespace Ashlar.Data.Audio;

/// <summary>Sound from a WAV file: integers of 8, 16, 24 or 32 bits, floats of 32 or 64 bits, any number of channels (Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft 1991).</summary>
/// <remarks>Nothing is resampled or mixed. A file may come from anywhere: whatever breaks the format is refused.</remarks>
public sealed class WavFile
{
    const string Remedy = "Save it as uncompressed WAV (PCM or float).";
    const int Pcm = 1;
    const int Float = 3;
    const int Extensible = 0xFFFE;

    WavFile(int rate, int channels, float[] samples) => (Rate, Channels, Samples) = (rate, channels, samples);

    /// <summary>Samples of each channel in a second.</summary>
    public int Rate { get; }

    /// <summary>1 or more.</summary>
    public int Channels { get; }

    /// <summary>Number of samples of each channel.</summary>
    public int Length => Samples.Length / Channels;

    /// <summary>[Length, Channels] row-major. Integers are divided by their range, so that they lie from -1 to below 1; floats stay as they are.</summary>
    public float[] Samples { get; }

    /// <summary>The sound as float32 [Channels, Length].</summary>
    public Tensor ToTensor() => Tensor.From(Samples, Length, Channels).Permute(1, 0);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no WAV file, or its samples are packed otherwise.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WavFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no WAV file, or the samples are packed otherwise.</exception>
    public static WavFile Parse(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WAVE"u8))
        {
            throw new ParseException(file, 0, "other bytes", "RIFF and WAVE, which begin a WAV file", "Check that it is a WAV file.");
        }

        (int format, int channels, int rate, int bits) = (0, 0, 0, 0);
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            ReadOnlySpan<byte> name = bytes.Slice(at, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            at += 8;
            if (name.SequenceEqual("data"u8))
            {
                // A recorder that was stopped leaves a length of 0 or of everything: what is there counts then.
                int there = (int)Math.Min(length is 0 or uint.MaxValue ? long.MaxValue : length, bytes.Length - at);
                return channels > 0 ? new WavFile(rate, channels, Decode(bytes.Slice(at, there), format, bits, channels, at, file)) : throw new ParseException(file, at, "samples before their format", "a chunk 'fmt ' first", Remedy);
            }

            if (length > bytes.Length - at)
            {
                throw new ParseException(file, at, $"a chunk '{Encoding.Latin1.GetString(name)}' of {length} bytes where {bytes.Length - at} are left", "a whole chunk", "The file is damaged or was not copied whole; fetch it again.");
            }

            ReadOnlySpan<byte> chunk = bytes.Slice(at, (int)length);
            if (name.SequenceEqual("fmt "u8))
            {
                if (chunk.Length < 16)
                {
                    throw new ParseException(file, at, $"a format of {chunk.Length} bytes", "16 or more", Remedy);
                }

                format = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
                channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
                rate = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]));
                bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
                format = format == Extensible && chunk.Length >= 26 ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]) : format;
                if (channels == 0 || !((format == Pcm && bits is 8 or 16 or 24 or 32) || (format == Float && bits is 32 or 64)))
                {
                    throw new ParseException(file, at, $"format {format} with {bits} bits and {channels} channels", "PCM (1) of 8, 16, 24 or 32 bits or float (3) of 32 or 64", Remedy);
                }
            }

            at += (int)length + ((int)length & 1);
        }

        throw new ParseException(file, bytes.Length, "the end of the file", "a chunk 'data' with samples", Remedy);
    }

    static float[] Decode(ReadOnlySpan<byte> data, int format, int bits, int channels, int at, string file)
    {
        int width = bits / 8;
        if (data.Length % (width * channels) != 0)
        {
            throw new ParseException(file, at, $"{data.Length} bytes of samples", $"whole groups of {width * channels} bytes", "The file is damaged or was not copied whole; fetch it again.");
        }

        var samples = new float[data.Length / width];
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> sample = data.Slice(i * width, width);
            samples[i] = (format, bits) switch
            {
                (Float, 32) => BinaryPrimitives.ReadSingleLittleEndian(sample),
                (Float, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample),
                (_, 8) => (sample[0] - 128) / 128f,
                (_, 16) => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
                (_, 24) => ((sample[0] << 8) | (sample[1] << 16) | (sample[2] << 24)) / 2147483648f,
                _ => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
            };
        }

        return samples;
    }
}
