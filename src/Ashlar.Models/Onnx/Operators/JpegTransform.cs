namespace Ashlar.Onnx.Operators;

/// <summary>The inverse cosine transform of Loeffler, Ligtenberg, Moschytz 1989 in 13-bit fixed point, as the common decoder's accurate integer form.</summary>
static class JpegTransform
{
    const int Bits = 13;
    const int Pass = 2;

    public static void Inverse(ReadOnlySpan<short> block, int[] quantisation, JpegComponent component, int row, int column)
    {
        Span<int> work = stackalloc int[64];
        Span<int> line = stackalloc int[8];
        for (int c = 0; c < 8; c++)
        {
            for (int k = 0; k < 8; k++)
            {
                line[k] = block[(k * 8) + c] * quantisation[(k * 8) + c];
            }

            Line(line, Bits - Pass);
            for (int k = 0; k < 8; k++)
            {
                work[(k * 8) + c] = line[k];
            }
        }

        for (int r = 0; r < 8; r++)
        {
            work.Slice(r * 8, 8).CopyTo(line);
            Line(line, Bits + Pass + 3);
            int at = (((row * 8) + r) * component.Stride) + (column * 8);
            for (int k = 0; k < 8; k++)
            {
                component.Samples[at + k] = (byte)Math.Clamp(line[k] + 128, 0, 255);
            }
        }
    }

    static void Line(Span<int> x, int shift)
    {
        int z1 = (x[2] + x[6]) * 4433;
        int even2 = z1 - (x[6] * 15137);
        int even3 = z1 + (x[2] * 6270);
        int even0 = (x[0] + x[4]) << Bits;
        int even1 = (x[0] - x[4]) << Bits;
        (int t10, int t13, int t11, int t12) = (even0 + even3, even0 - even3, even1 + even2, even1 - even2);

        (int o0, int o1, int o2, int o3) = (x[7], x[5], x[3], x[1]);
        (int s1, int s2, int s3, int s4) = (o0 + o3, o1 + o2, o0 + o2, o1 + o3);
        int s5 = (s3 + s4) * 9633;
        (o0, o1, o2, o3) = (o0 * 2446, o1 * 16819, o2 * 25172, o3 * 12299);
        (s1, s2, s3, s4) = (s1 * -7373, s2 * -20995, (s3 * -16069) + s5, (s4 * -3196) + s5);
        (o0, o1, o2, o3) = (o0 + s1 + s3, o1 + s2 + s4, o2 + s2 + s3, o3 + s1 + s4);

        int half = 1 << (shift - 1);
        (x[0], x[7]) = ((t10 + o3 + half) >> shift, (t10 - o3 + half) >> shift);
        (x[1], x[6]) = ((t11 + o2 + half) >> shift, (t11 - o2 + half) >> shift);
        (x[2], x[5]) = ((t12 + o1 + half) >> shift, (t12 - o1 + half) >> shift);
        (x[3], x[4]) = ((t13 + o0 + half) >> shift, (t13 - o0 + half) >> shift);
    }
}
