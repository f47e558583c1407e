namespace Ashlar.Optim;

/// <summary>βᵗ as a product of t factors in double, on every machine the same.</summary>
sealed class RunningPower(double beta)
{
    double _power = 1;
    long _factors;

    public double At(long step)
    {
        if (step < _factors)
        {
            (_power, _factors) = (1, 0);
        }

        for (; _factors < step; _factors++)
        {
            _power *= beta;
        }

        return _power;
    }
}
