namespace Ashlar.Nn.Init;

/// <summary>How much larger weights must be so that the activation behind them keeps the variance.</summary>
public static class Gain
{
    /// <summary>1: no activation, a convolution, or a sigmoid as practice has it.</summary>
    public static double Linear => 1;

    /// <summary>5/3, a value that practice found.</summary>
    public static double Tanh => 5.0 / 3;

    /// <summary>√2: half of the variance is cut away.</summary>
    public static double ReLU => Math.Sqrt(2);

    /// <summary>¾, which keeps gradients of self-normalizing networks stable.</summary>
    public static double SELU => 0.75;

    /// <summary>√(2 / (1 + a²)).</summary>
    /// <param name="slope">a, the slope below zero.</param>
    public static double LeakyReLU(double slope = 0.01) => Math.Sqrt(2 / (1 + (slope * slope)));
}
