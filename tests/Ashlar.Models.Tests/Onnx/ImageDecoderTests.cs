using System.Text.Json;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Pictures decoded as Pillow decodes them; tools/vectors/jpeg.py made the values.</summary>
public sealed class ImageDecoderTests
{
    static readonly JsonElement Vectors = Read();

    public static TheoryData<string> Cases => [.. Vectors.GetProperty("cases").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_jpeg_has_the_pixels_of_the_common_decoder(string name)
    {
        JsonElement entry = Vectors.GetProperty("cases").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        Tensor pixels = Decode(entry.GetProperty("file").GetBytesFromBase64());
        Assert.Equal(new Shape(Vectors.GetProperty("rows").GetInt32(), Vectors.GetProperty("columns").GetInt32(), 3), pixels.Shape);
        Assert.Equal(entry.GetProperty("pixels").GetBytesFromBase64(), pixels.ToArray<byte>());
    }

    [Fact]
    public void A_damaged_jpeg_ends_in_an_error_or_in_pixels()
    {
        byte[] good = Vectors.GetProperty("cases")[2].GetProperty("file").GetBytesFromBase64();
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

        Assert.InRange(errors, 10, 290);
    }

    static Tensor Decode(byte[] file) => ((OnnxTensor)TestModel.Run("ImageDecoder", [Tensor.From<byte>(file, file.Length)])[0]).Tensor;

    static JsonElement Read()
    {
        using Stream stream = typeof(ImageDecoderTests).Assembly.GetManifestResourceStream("Ashlar.Models.Tests.Onnx.Vectors.jpeg.json")!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
