namespace Ashlar;

/// <summary>A computation gave no usable number: a NaN was found, or an iteration did not converge. The message names the operation, the place and the remedy.</summary>
public sealed class NumericsException : ArithmeticException
{
    /// <param name="message">Where, what happened with the values, what to do.</param>
    public NumericsException(string message)
        : base(message)
    {
    }

    /// <param name="message">Where, what happened with the values, what to do.</param>
    /// <param name="cause">What was found first.</param>
    public NumericsException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
