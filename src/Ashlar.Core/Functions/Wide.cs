using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>float32 functions computed in float64 and rounded once: half the lanes, but no care for rounding errors on the way, which costs more where it is needed.</summary>
static class Wide
{
    /// <param name="x">float32 or float64.</param>
    /// <param name="where">The function, for errors.</param>
    /// <param name="of">The definition on float64 with its precision.</param>
    public static Scalar Apply(Scalar x, string where, Func<FloatLayout, Scalar, Scalar> of)
    {
        var layout = FloatLayout.Of(x, where);
        return layout.IsSingle ? of(FloatLayout.Coarse, x.Convert(DType.Float64)).Convert(DType.Float32) : of(layout, x);
    }

    /// <summary>The same for two arguments.</summary>
    public static Scalar Apply(Scalar x, Scalar y, string where, Func<FloatLayout, Scalar, Scalar, Scalar> of)
    {
        var layout = FloatLayout.Of(x, where);
        return layout.IsSingle
            ? of(FloatLayout.Coarse, x.Convert(DType.Float64), y.Convert(DType.Float64)).Convert(DType.Float32)
            : of(layout, x, y);
    }
}
