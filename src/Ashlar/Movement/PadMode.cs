namespace Ashlar;

/// <summary>What surrounds the elements of a padded axis a b c d.</summary>
public enum PadMode
{
    /// <summary>One value: 0 0 a b c d 0 0.</summary>
    Constant,

    /// <summary>The elements mirrored at the outermost: c b a b c d c b. NumPy and PyTorch: reflect.</summary>
    Reflect,

    /// <summary>The outermost element again and again: a a a b c d d d. NumPy: edge; PyTorch: replicate.</summary>
    Replicate,

    /// <summary>The elements from the other end: c d a b c d a b. NumPy: wrap; PyTorch: circular.</summary>
    Circular,

    /// <summary>The elements mirrored at the border, the outermost twice: b a a b c d d c. NumPy: symmetric.</summary>
    Symmetric,
}
