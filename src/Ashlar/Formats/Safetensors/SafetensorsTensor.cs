using System.Text;

namespace Ashlar;

/// <summary>A named tensor as it is stored: dtype, shape and raw bytes.</summary>
public sealed class SafetensorsTensor
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">Any text but <c>__metadata__</c>, which the format keeps for itself.</param>
    /// <param name="type">The dtype of the elements.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="data">The elements, row-major, little-endian; not copied.</param>
    /// <exception cref="ArgumentException">The name is <c>__metadata__</c> or no valid text, or a bool is neither 0 nor 1.</exception>
    /// <exception cref="ShapeException">The number of bytes is not that of the dtype and the shape.</exception>
    public SafetensorsTensor(string name, DType type, Shape shape, ReadOnlyMemory<byte> data)
    {
        if (name == SafetensorsHeader.MetadataName)
        {
            throw new ArgumentException($"safetensors: a tensor is named '{name}', which the format keeps for the metadata. Rename the tensor.");
        }

        Utf8Name = EncodeName(name);
        long expected = (long)type.ItemSize * shape.Size;
        if (data.Length != expected)
        {
            throw new ShapeException($"safetensors: tensor '{name}' is {type.Name} {shape}, which takes {expected} bytes, and has {data.Length}. Pass the bytes of all elements, row-major.");
        }

        int wrong = type == DType.Bool ? data.Span.IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        if (wrong >= 0)
        {
            throw new ArgumentException($"safetensors: tensor '{name}' is bool and holds {data.Span[wrong]} at element {wrong}. Store 0 or 1.");
        }

        Name = name;
        DType = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>Names a tensor; computes it where it is not yet.</summary>
    /// <param name="name">Any text but <c>__metadata__</c>, which the format keeps for itself.</param>
    /// <param name="tensor">Its elements are copied.</param>
    /// <exception cref="ArgumentException">The name is <c>__metadata__</c> or no valid text.</exception>
    public static SafetensorsTensor From(string name, Tensor tensor) => new(name, tensor.DType, tensor.Shape, tensor.ToBytes());

    /// <summary>The tensor; the elements are copied.</summary>
    public Tensor ToTensor() => Tensor.FromBytes(Data.Span, DType, Shape);

    /// <summary>The name, unique in a file.</summary>
    public string Name { get; }

    /// <summary>The dtype of the elements.</summary>
    public DType DType { get; }

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The elements, row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>The tensors in ordinal order of their names (by UTF-16 code units), each name once.</summary>
    internal static SafetensorsTensor[] Sort(IEnumerable<SafetensorsTensor> tensors)
    {
        SafetensorsTensor[] sorted = [.. tensors];
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Name == sorted[i - 1].Name)
            {
                throw new ArgumentException($"safetensors: two tensors are named '{sorted[i].Name}'. Give every tensor a name of its own.");
            }
        }

        return sorted;
    }

    static byte[] EncodeName(string name)
    {
        try
        {
            return StrictUtf8.GetBytes(name);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"safetensors: the tensor name '{name}' holds half of a surrogate pair at character {e.Index} and has no UTF-8 form. Use valid text.", e);
        }
    }
}
