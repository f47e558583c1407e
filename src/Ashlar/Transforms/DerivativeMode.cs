namespace Ashlar;

/// <summary>From which end a matrix of derivatives is computed. The numbers agree up to rounding; the cost differs.</summary>
public enum DerivativeMode : byte
{
    /// <summary>Reverse if the function has fewer results than arguments, else forward.</summary>
    Automatic = 0,

    /// <summary>One Jacobian-vector product for each element of the argument, all in one batch.</summary>
    Forward = 1,

    /// <summary>One vector-Jacobian product for each element of the result, all in one batch.</summary>
    Reverse = 2,
}
