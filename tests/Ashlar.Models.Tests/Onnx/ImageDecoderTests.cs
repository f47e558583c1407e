using System.Text.Json;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Pictures decoded as Pillow decodes them; tools/vectors/jpeg.py and tiff.py made the values.</summary>
public sealed class ImageDecoderTests
{
    static readonly JsonElement Vectors = Read("jpeg");

    static readonly Dictionary<string, JsonElement> Formats = new() { ["jpeg"] = Vectors, ["tiff"] = Read("tiff") };

    public static TheoryData<string, string> Cases => [.. Formats.SelectMany(format => format.Value.GetProperty("cases").EnumerateArray().Select(entry => (format.Key, entry.GetProperty("name").GetString()!)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_picture_has_the_pixels_of_the_common_decoder(string format, string name)
    {
        JsonElement vectors = Formats[format];
        JsonElement entry = vectors.GetProperty("cases").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        Tensor pixels = Decode(entry.GetProperty("file").GetBytesFromBase64());
        Assert.Equal(new Shape(vectors.GetProperty("rows").GetInt32(), vectors.GetProperty("columns").GetInt32(), 3), pixels.Shape);
        Assert.Equal(entry.GetProperty("pixels").GetBytesFromBase64(), pixels.ToArray<byte>());
    }

    [Theory]
    [InlineData("jpeg", 2)]
    [InlineData("jpeg", 6)]
    [InlineData("tiff", 0)]
    public void A_damaged_picture_ends_in_an_error_or_in_pixels(string format, int number)
    {
        byte[] good = Formats[format].GetProperty("cases")[number].GetProperty("file").GetBytesFromBase64();
        int errors = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            var words = new RandomWords(RandomKey.FromSeed(seed));
            byte[] changed = [.. good];
            changed[2 + words.Below((uint)changed.Length - 2)] = (byte)words.Next();
            try
            {
                Decode(changed[..(int)(changed.Length - words.Below(40))]);
            }
            catch (OnnxException)
            {
                errors++;
            }
        }

        // Nearly every cut TIFF is told, since its pixels or its directory stand last.
        Assert.InRange(errors, 10, 298);
    }

    static Tensor Decode(byte[] file) => ((OnnxTensor)TestModel.Run("ImageDecoder", [Tensor.From<byte>(file, file.Length)])[0]).Tensor;

    static JsonElement Read(string format)
    {
        using Stream stream = typeof(ImageDecoderTests).Assembly.GetManifestResourceStream($"Ashlar.Models.Tests.Onnx.Vectors.{format}.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
