namespace Ashlar.Bench;

/// <summary>The ratio peer time / product time that a row is to reach, on one thread and on more.</summary>
readonly record struct Target(double One, double More)
{
    public double For(int threads) => threads == 1 ? One : More;
}
