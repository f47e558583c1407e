using System.Buffers.Binary;

namespace Ashlar.Cli.Tests;

/// <summary>Writes a dataset of two classes: even images are lit above, odd ones below.</summary>
static class IdxFiles
{
    public static void Write(string folder, int images, int size)
    {
        foreach (string part in (string[])["train", "t10k"])
        {
            var pixels = new byte[images * size * size];
            var labels = new byte[images];
            for (int image = 0; image < images; image++)
            {
                labels[image] = (byte)(image % 2);
                int begin = (image * size * size) + (labels[image] * size * size / 2);
                pixels.AsSpan(begin, size * size / 2).Fill((byte)(100 + (image * 3 % 150)));
            }

            File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), Idx(pixels, images, size, size));
            File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), Idx(labels, images));
        }
    }

    static byte[] Idx(byte[] data, params ReadOnlySpan<int> shape)
    {
        var bytes = new byte[4 + (4 * shape.Length) + data.Length];
        (bytes[2], bytes[3]) = (8, (byte)shape.Length);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), shape[axis]);
        }

        data.CopyTo(bytes, bytes.Length - data.Length);
        return bytes;
    }
}
