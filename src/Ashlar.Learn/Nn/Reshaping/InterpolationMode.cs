namespace Ashlar.Nn;

/// <summary>How <see cref="Functional.Interpolate"/> finds a value between elements.</summary>
public enum InterpolationMode
{
    /// <summary>The element at ⌊i · ratio⌋.</summary>
    Nearest,

    /// <summary>A straight line between the two neighbours along each axis: linear, bilinear, trilinear.</summary>
    Linear,

    /// <summary>A cubic through the four neighbours along each axis (Keys 1981, a = -0.75); values may leave the range of the elements. With two spatial axes bicubic.</summary>
    Cubic,
}
