using System.Diagnostics;
using System.Globalization;

namespace Ashlar;

/// <content>Tensors as text.</content>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class Tensor
{
    /// <summary>The elements in NumPy's notation, computed if they were not. Under <see cref="Transform.Vmap(Func{Tensor, Tensor}, int, int)"/> and its like, where there are none, dtype and shape.</summary>
    public override string ToString() => ToString(ShortestDigits.Precision);

    /// <summary>The elements in NumPy's notation, computed if they were not.</summary>
    /// <param name="precision">The most digits after the point; a number that reads back with fewer is written with fewer.</param>
    /// <param name="threshold">Tensors of more elements show only the ends of their axes.</param>
    /// <param name="edgeItems">Positions then shown at each end of an axis, at least 1.</param>
    /// <param name="lineWidth">Characters after which a row goes on in the next line.</param>
    /// <exception cref="ArgumentException">An argument is negative, or no edge item is left.</exception>
    public string ToString(int precision, int threshold = 1000, int edgeItems = 3, int lineWidth = 75)
    {
        if (precision is < 0 or > 30 || threshold < 0 || edgeItems < 1 || lineWidth < 1)
        {
            throw new ArgumentException($"ToString: precision {precision}, threshold {threshold}, edge items {edgeItems}, line width {lineWidth}: one is out of range. Take a precision of 0 to 30, a threshold from 0, the others from 1.");
        }

        if (Recorded.IsTraced)
        {
            return DebuggerText;
        }

        Eval(this);
        bool summarized = Size > threshold;
        Tensor shown = summarized ? Edges(edgeItems) : this;
        return TensorText.Of(Shape, shown.ElementTexts(precision), summarized, edgeItems, lineWidth);
    }

    // A debugger that evaluated would change what it looks at.
    string DebuggerText => _node?.Value is null ? $"{DType.Name}{Shape}, not computed" : $"{DType.Name}{Shape}";

    Tensor Edges(int edgeItems)
    {
        Tensor edges = this;
        for (int axis = 0; axis < Rank; axis++)
        {
            int extent = Shape[axis];
            if (extent > 2 * edgeItems)
            {
                edges = Concat([edges.Slice(axis, 0, edgeItems), edges.Slice(axis, extent - edgeItems, edgeItems)], axis);
            }
        }

        return edges;
    }

    string[] ElementTexts(int precision)
    {
        switch (DType)
        {
            case DType.Bool:
                return NumberText.RightAligned([.. ToArray<bool>().Select(value => value ? "True" : "False")]);
            case DType.Float16:
                return Floats<Half>(value => (double)value, precision);
            case DType.BFloat16:
                return Floats<BFloat16>(value => (double)value, precision);
            case DType.Float32:
                return Floats<float>(value => value, precision);
            case DType.Float64:
                return Floats<double>(value => value, precision);
            case DType.UInt64:
                return NumberText.RightAligned([.. ToArray<ulong>().Select(value => value.ToString(CultureInfo.InvariantCulture))]);
            case DType.Complex64 or DType.Complex128:
                return NumberText.Complex(Real.ElementTexts(precision), Imag.Abs().ElementTexts(precision), ComplexArithmetic.IsNegative(Imag).ToArray<bool>());
            default:
                return NumberText.RightAligned([.. To(DType.Int64).ToArray<long>().Select(value => value.ToString(CultureInfo.InvariantCulture))]);
        }
    }

    string[] Floats<T>(Func<T, double> number, int precision)
        where T : unmanaged, IFormattable
    {
        T[] values = ToArray<T>();
        return NumberText.Floats([.. values.Select(number)], i => values[i].ToString(null, CultureInfo.InvariantCulture), precision, DType);
    }
}
