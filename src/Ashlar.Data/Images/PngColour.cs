namespace Ashlar.Data.Images;

/// <summary>The colour types of PNG; the numbers are the format's.</summary>
enum PngColour : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyOpacity = 4,
    RgbOpacity = 6,
}
