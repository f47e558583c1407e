namespace Ashlar;

/// <summary>Draws by proposing until accepted, for every element on its own.</summary>
/// <remarks>What round r proposes to element i is a function of the key, of i and of r. An element keeps what it accepted first, so the rounds that others
/// still need do not show in it.</remarks>
static class Rejection
{
    /// <summary>The first accepted proposal of every element.</summary>
    /// <param name="start">Values of the elements that need none.</param>
    /// <param name="done">bool, of the same shape: which elements need none, such as those with impossible parameters, which would never accept.</param>
    /// <param name="propose">From the round, int32 [], to proposals and whether each is accepted.</param>
    public static Tensor Draw(Tensor start, Tensor done, Func<Tensor, (Tensor Value, Tensor Accepted)> propose)
    {
        Tensor[] last = Control.While([Tensor.Scalar(0, DType.Int32), done, start], state => ~state[1].All(), state =>
        {
            (Tensor value, Tensor accepted) = propose(state[0]);
            return [state[0] + 1, state[1] | accepted, Tensor.Where(state[1], state[2], value)];
        });
        return last[2];
    }

    /// <summary>The quantile of a distribution on 0, 1, 2, …, found from 0 upwards.</summary>
    /// <param name="uniform">Where the distribution function is to be met; float64 in (0, 1).</param>
    /// <param name="atZero">The probability of 0.</param>
    /// <param name="wanted">bool: elements to search; the others give 0.</param>
    /// <param name="ratio">From k, float64, to the probability of k over that of k - 1.</param>
    /// <remarks>The search also ends where a probability falls below 2⁻⁶⁰: the sum does not change any more then, though it may stay below the last uniform numbers.</remarks>
    public static Tensor Search(Tensor uniform, Tensor atZero, Tensor wanted, Func<Tensor, Tensor> ratio)
    {
        Tensor zero = Tensor.ZerosLike(uniform);
        Tensor[] last = Control.While([wanted & (uniform > atZero), zero, atZero, atZero], state => state[0].Any(), state =>
        {
            Tensor k = state[1] + 1;
            Tensor mass = state[2] * ratio(k);
            Tensor sum = state[3] + mass;
            return [state[0] & (uniform > sum) & (mass > 1.0 / (1L << 60)), Tensor.Where(state[0], k, state[1]), mass, sum];
        });
        return last[1];
    }
}
