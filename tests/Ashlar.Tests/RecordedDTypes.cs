using System.Text.Json;

namespace Ashlar.Tests;

/// <summary>Values of NumPy and PyTorch, recorded by tools/vectors/dtypes.py.</summary>
static class RecordedDTypes
{
    static readonly JsonElement Recorded = Read();

    /// <summary>Pairs of dtypes with what they promote to, or null.</summary>
    public static IEnumerable<(DType A, DType B, DType? Result)> Promotions =>
        Recorded.GetProperty("promotion").EnumerateObject().Select(row => (Named(row.Name.Split(' ')[0]), Named(row.Name.Split(' ')[1]), row.Value.GetString() is { } name ? Named(name) : (DType?)null));

    /// <summary>Conversions: elements and results by their bits.</summary>
    public static IEnumerable<(DType From, DType To, Tensor X, byte[] Y)> Casts =>
        Recorded.GetProperty("casts").EnumerateArray().Select(row => (Type(row, "from"), Type(row, "to"), Of(row, "x", Type(row, "from")), Bytes(row, "y", Type(row, "to"))));

    /// <summary>Arithmetic of two operands.</summary>
    public static IEnumerable<(DType Type, string Name, Tensor X, Tensor Y, byte[] Z)> Binaries =>
        Recorded.GetProperty("binary").EnumerateArray().Select(row => (Type(row, "type"), row.GetProperty("name").GetString()!, Of(row, "x", Type(row, "type")), Of(row, "y", Type(row, "type")),
            Bytes(row, "z", row.GetProperty("name").GetString()!.StartsWith("less", StringComparison.Ordinal) ? DType.Bool : Type(row, "type"))));

    static DType Named(string name) => DTypeFacts.All.Single(type => type.Name == name);

    static DType Type(JsonElement row, string property) => Named(row.GetProperty(property).GetString()!);

    static Tensor Of(JsonElement row, string property, DType type)
    {
        byte[] bytes = Bytes(row, property, type);
        return Tensor.FromBytes(bytes, type, new Shape(bytes.Length / type.ItemSize));
    }

    static byte[] Bytes(JsonElement row, string property, DType type) =>
        [.. row.GetProperty(property).EnumerateArray().SelectMany(value => BitConverter.GetBytes(value.GetUInt64())[..type.ItemSize])];

    static JsonElement Read()
    {
        using Stream stream = typeof(RecordedDTypes).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.dtypes.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
