using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Window;

namespace Ashlar.Nn;

/// <summary>The functions that layers apply, without parameters of their own.</summary>
public static partial class Functional
{
    /// <summary>Cross-correlation: y[n, o, i, j] = Σ over c, u, v of w[o, c, u, v] · x[n, c, i·stride + u·dilation - padding, …] + b[o].</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">[O, C, window rows, window columns].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <returns>[N, O, rows, columns].</returns>
    /// <exception cref="ShapeException">Channels differ, or the window does not fit.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, Pair? stride = null, Pair? padding = null, Pair? dilation = null)
    {
        int[] zeros = (padding ?? 0).AtLeast(0, nameof(padding)).ToArray();
        var attributes = new ConvAttributes((stride ?? 1).AtLeast(1, nameof(stride)).ToArray(), zeros, zeros, [1, 1], (dilation ?? 1).AtLeast(1, nameof(dilation)).ToArray());
        var y = new Tensor(new Node(ConvPrimitive.Instance, [x.Node, weight.Node], attributes));
        return bias is null ? y : y + bias.Reshape(-1, 1, 1);
    }

    /// <summary>The largest element of each window; padding is never the largest.</summary>
    /// <param name="x">[…, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Elements on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <returns>[…, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor MaxPool2d(Tensor x, Pair window, Pair? stride = null, Pair? padding = null) => Pool(x, ReduceKind.Max, window, stride, padding);

    /// <summary>The mean of each window, zeros of the padding counted.</summary>
    /// <param name="x">[…, H, W]; floating.</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <returns>[…, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor AvgPool2d(Tensor x, Pair window, Pair? stride = null, Pair? padding = null) =>
        Pool(x, ReduceKind.Sum, window, stride, padding) / ((double)window.Rows * window.Columns);

    /// <summary>Each element with probability p set to 0, the others divided by 1 - p.</summary>
    /// <param name="x">Floating.</param>
    /// <param name="probability">p, 0 ≤ p &lt; 1.</param>
    /// <param name="bits">int32, as many as x has elements, from <see cref="Tensor.RandomBits"/>. An element stays where its highest 31 bits, read as a whole number, are at least p · 2³¹.</param>
    public static Tensor Dropout(Tensor x, double probability, Tensor bits)
    {
        Tensor number = new(Primitives.Op.ShiftRight(bits.Node, 1));
        Tensor stays = number >= Math.Floor(probability * (1L << 31));
        return Tensor.Where(stays, x * (1 / (1 - probability)), new Tensor(Primitives.Op.Number(x.Node, 0)));
    }

    static Tensor Pool(Tensor x, ReduceKind kind, Pair window, Pair? stride, Pair? padding)
    {
        int[] extents = window.AtLeast(1, nameof(window)).ToArray();
        int[] steps = (stride ?? window).AtLeast(1, nameof(stride)).ToArray();
        int[] around = (padding ?? 0).AtLeast(0, nameof(padding)).ToArray();
        return new Tensor(new Node(ReduceWindowPrimitive.Instance, [x.Node], new WindowAttributes(kind, extents, steps, around, around)));
    }
}
