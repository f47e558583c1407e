using System.Text.Json;

namespace Ashlar.Tests.Formats.Npy;

/// <summary>A file that NumPy wrote; tools/vectors/npy.py made it.</summary>
sealed record RecordedNpy(string Name, byte[] File, RecordedNpy.Array[] Arrays)
{
    public sealed record Array(string Name, string DType, int[] Shape, byte[] Values)
    {
        public void Matches(Tensor found)
        {
            Assert.Equal((DType, new Shape(Shape)), (found.DType.Name, found.Shape));
            Assert.Equal(Values, found.ToBytes());
        }
    }

    public static RecordedNpy[] All { get; } = Read();

    public static RecordedNpy Named(string name) => All.Single(row => row.Name == name);

    static RecordedNpy[] Read()
    {
        using Stream stream = typeof(RecordedNpy).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.npy.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.EnumerateArray().Select(row => new RecordedNpy(
            row.GetProperty("name").GetString()!,
            row.GetProperty("file").GetBytesFromBase64(),
            [.. row.GetProperty("arrays").EnumerateArray().Select(array => new Array(
                array.GetProperty("name").GetString()!,
                array.GetProperty("dtype").GetString()!,
                [.. array.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())],
                Convert.FromHexString(array.GetProperty("values").GetString()!)))]))];
    }
}
