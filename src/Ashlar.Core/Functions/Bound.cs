using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Clamps that let NaN through: one compare and one select, the form of the machine's own min and max.</summary>
static class Bound
{
    public static Scalar AtMost(Scalar x, double limit) => Scalar.Select(x.Like(limit) < x, x.Like(limit), x);

    public static Scalar AtLeast(Scalar x, double limit) => Scalar.Select(x < x.Like(limit), x.Like(limit), x);
}
