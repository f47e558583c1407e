using Ashlar.Data.Images;

namespace Ashlar.Cli.Tests;

/// <summary>Digits drawn with a round pen, dark on light with smooth edges, as someone would draw them with a mouse.</summary>
static class Drawing
{
    const int Size = 100;
    const double PenRadius = 7;

    static readonly Dictionary<string, (double X, double Y)[][]> Strokes = new()
    {
        ["zero"] = [[(50, 10), (36, 15), (28, 30), (25, 50), (28, 70), (36, 85), (50, 90), (64, 85), (72, 70), (75, 50), (72, 30), (64, 15), (50, 10)]],
        ["one"] = [[(38, 30), (55, 10), (55, 90)]],
        ["three"] = [[(28, 20), (40, 11), (55, 10), (68, 18), (70, 32), (60, 44), (45, 48), (62, 53), (72, 66), (70, 80), (56, 90), (40, 90), (26, 81)]],
        ["seven"] = [[(25, 12), (75, 12), (48, 90)], [(40, 50), (72, 50)]],
    };

    /// <summary>Names of the drawings.</summary>
    public static IEnumerable<string> Names => Strokes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Where the drawing of a name is kept.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", $"{name}.png");

    /// <summary>Draws; the pen covers a pixel by how far it reaches over the pixel's centre.</summary>
    public static GreyImage Draw(string name)
    {
        var pixels = new byte[Size * Size];
        for (int i = 0; i < pixels.Length; i++)
        {
            (double x, double y) = ((i % Size) + 0.5, (i / Size) + 0.5);
            double distance = Strokes[name].SelectMany(stroke => stroke.Zip(stroke.Skip(1))).Min(line => Distance(x, y, line.First, line.Second));
            pixels[i] = (byte)(255 - (int)((Math.Clamp(PenRadius + 0.5 - distance, 0, 1) * 235) + 0.5));
        }

        return new GreyImage(Size, Size, pixels);
    }

    static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double t = Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        (double ex, double ey) = (x - a.X - (t * dx), y - a.Y - (t * dy));
        return Math.Sqrt((ex * ex) + (ey * ey));
    }
}
