using System.Buffers.Binary;

namespace Ashlar.Data.Idx;

/// <summary>An array from an IDX file, the format of the MNIST family: Y. LeCun, C. Cortes, C. Burges, "The MNIST database", appendix on file formats.</summary>
/// <remarks>
/// Plain or gzip, told apart by the first bytes and not by the name. A file may come from anywhere: whatever breaks the format is refused, and no
/// more memory is taken than the file can fill.
/// </remarks>
public sealed class IdxFile
{
    const string Damaged = "The file is damaged or was not copied whole; fetch it again.";

    IdxFile(string file, DType type, Shape shape, byte[] data)
    {
        Name = file;
        DType = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>The file as errors name it, which says so when their offsets count unpacked bytes.</summary>
    public string Name { get; }

    /// <summary>The dtype of the elements: uint8, int32, float32 or float64.</summary>
    public DType DType { get; }

    /// <summary>The extents.</summary>
    public Shape Shape { get; }

    /// <summary>The elements, row-major, little-endian.</summary>
    public byte[] Data { get; }

    /// <summary>The array as a tensor; the elements are copied.</summary>
    public Tensor ToTensor() => Tensor.FromBytes(Data, DType, Shape);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no valid IDX file, or holds int8 or int16.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file, plain or gzip.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no valid IDX file, or hold int8 or int16.</exception>
    public static IdxFile Parse(byte[] bytes, string file)
    {
        using IIdxBytes source = GzipBytes.IsGzip(bytes) ? new GzipBytes(bytes, file) : new PlainBytes(bytes, file);
        Span<byte> magic = stackalloc byte[4];
        source.Fill(magic, "the 4 bytes that begin an IDX file");
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new ParseException(source.Name, 0, $"the bytes 0x{magic[0]:X2} 0x{magic[1]:X2}", "0x00 0x00, which begin an IDX file", "Check that it is an IDX file.");
        }

        DType type = Type(magic[2], source.Name);
        Shape shape = ReadShape(source, magic[3]);
        long length = (long)shape.Size * type.ItemSize;
        if (length > source.Available)
        {
            throw new ParseException(source.Name, source.Position, $"at most {source.Available} bytes", $"the {length} bytes of {type.Name} {shape}", Damaged);
        }

        var data = new byte[length];
        source.Fill(data, $"the {length} bytes of {type.Name} {shape}");
        source.End();
        ToLittleEndian(data, type.ItemSize);
        return new IdxFile(source.Name, type, shape, data);
    }

    static DType Type(byte code, string file) => code switch
    {
        0x08 => DType.UInt8,
        0x0C => DType.Int32,
        0x0D => DType.Float32,
        0x0E => DType.Float64,
        0x09 or 0x0B => throw new ParseException(file, 2, $"the element type 0x{code:X2} ({(code == 0x09 ? "int8" : "int16")})", "uint8 (0x08), int32 (0x0C), float32 (0x0D) or float64 (0x0E)", "Convert the file to int32."),
        _ => throw new ParseException(file, 2, $"the element type 0x{code:X2}", "0x08 to 0x0E without 0x0A", "Check that it is an IDX file."),
    };

    static Shape ReadShape(IIdxBytes source, byte rank)
    {
        if (rank > Shape.MaxRank)
        {
            throw new ParseException(source.Name, source.Position - 1, $"{rank} axes", $"at most {Shape.MaxRank}", Damaged);
        }

        var extents = new int[rank];
        long size = 1;
        Span<byte> bytes = stackalloc byte[4];
        for (int axis = 0; axis < rank; axis++)
        {
            long at = source.Position;
            source.Fill(bytes, $"extent {axis + 1} of {rank}");
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            size *= extent;
            if (size > int.MaxValue || extent > int.MaxValue)
            {
                throw new ParseException(source.Name, at, $"the extent {extent}, which makes {size} elements or more", $"at most {int.MaxValue} elements", Damaged);
            }

            extents[axis] = (int)extent;
        }

        return new Shape(extents);
    }

    static void ToLittleEndian(Span<byte> data, int itemSize)
    {
        for (int at = 0; itemSize > 1 && at < data.Length; at += itemSize)
        {
            data.Slice(at, itemSize).Reverse();
        }
    }
}
