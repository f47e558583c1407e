using Ashlar.Server.Index;

namespace Ashlar.Server.Tests.Index;

public sealed class PointChunkTests
{
    [Fact]
    public void Points_come_back_bit_for_bit()
    {
        Point[] points =
        [
            new(0, 1.79e9, 0.1), new(1, 1.79e9 + 1e-6, -0.0), new(long.MaxValue, 0, double.NaN), new(long.MinValue, double.NegativeInfinity, double.Epsilon),
            new(-5, double.NaN, double.PositiveInfinity), new(-5, -1, 1e300),
        ];
        var back = new List<Point>();

        PointChunk.Decode(PointChunk.Encode(points), back);

        Assert.Equal(points.Select(Bits), back.Select(Bits));
    }

    [Fact]
    public void A_steady_training_takes_seven_bytes_a_point()
    {
        Point[] points = [.. Enumerable.Range(0, 1024).Select(i => new Point(10 * i, 1.79e9 + (0.001 * i), (float)(1.0 / (i + 1))))];

        Assert.InRange(PointChunk.Encode(points).Length, 5 * 1024, 7.5 * 1024);
    }

    [Fact]
    public void Bytes_that_are_no_chunk_are_told()
    {
        byte[] whole = PointChunk.Encode([new(1, 2, 3), new(4, 5, 0.6)]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => PointChunk.Decode(whole.AsSpan(0, length), []));
        }

        Assert.Throws<InvalidDataException>(() => PointChunk.Decode([0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0], []));
    }

    static (long, long, long) Bits(Point point) => (point.Step, BitConverter.DoubleToInt64Bits(point.Time), BitConverter.DoubleToInt64Bits(point.Value));
}
