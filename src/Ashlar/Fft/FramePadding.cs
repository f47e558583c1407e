namespace Ashlar;

/// <summary>What <see cref="Tensor.Stft"/> reads before the first and after the last sample.</summary>
public enum FramePadding
{
    /// <summary>The samples mirrored at the first and last, which are not repeated.</summary>
    Reflect,

    /// <summary>The first and last sample.</summary>
    Replicate,

    /// <summary>The samples again from the other end.</summary>
    Circular,

    /// <summary>Zeros.</summary>
    Zeros,
}
