using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Jacobian-vector products: forward mode.</content>
public static partial class Transform
{
    /// <summary>The value of <paramref name="f"/> and its directional derivative J·t.</summary>
    /// <param name="f">A floating tensor in, a tensor out.</param>
    /// <param name="x">Where.</param>
    /// <param name="tangent">The direction t, of the shape and dtype of x.</param>
    /// <returns>The value, and the tangent of its shape: zero for a value that is not floating.</returns>
    /// <exception cref="ShapeException">The tangent has another shape or dtype.</exception>
    /// <exception cref="DTypeException">x is not floating.</exception>
    [OverloadResolutionPriority(1)]
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor, Tensor> f, Tensor x, Tensor tangent)
    {
        (Tensor[] values, Tensor[] tangents) = Jvp(xs => (Tensor[])[f(xs[0])], [x], [tangent]);
        return (values[0], tangents[0]);
    }

    /// <summary>The values of <paramref name="f"/> and their directional derivatives.</summary>
    /// <param name="f">Floating tensors in, tensors out.</param>
    /// <param name="xs">Where.</param>
    /// <param name="tangents">For each argument its direction, of its shape and dtype.</param>
    /// <exception cref="ShapeException">A tangent has another shape or dtype than its argument.</exception>
    /// <exception cref="DTypeException">An argument is not floating.</exception>
    public static (Tensor[] Values, Tensor[] Tangents) Jvp(Func<Tensor[], Tensor[]> f, Tensor[] xs, Tensor[] tangents)
    {
        RequireLike("Jvp", "tangent", [.. xs.Select(x => x.Recorded)], tangents);
        (Tensor[] kinds, Node[] values, Node[] along, Watch watch) = Forward("Jvp", f, xs, [.. tangents.Select(tangent => tangent.Recorded)]);
        Tensor[] all = [.. kinds.Concat(kinds).Zip(watch.Out([.. values, .. along]), (kind, result) => kind.Like(result.Node))];
        return (all[..values.Length], all[values.Length..]);
    }

    /// <summary>The value of <paramref name="f"/>, and the linear function t ↦ J·t that it is near there.</summary>
    /// <param name="f">A floating tensor in, a tensor out.</param>
    /// <param name="x">Where.</param>
    /// <returns>The value, and a function from a tangent of x to that of the value. It may be called often; f is recorded once.</returns>
    /// <exception cref="DTypeException">x is not floating.</exception>
    public static (Tensor Value, Func<Tensor, Tensor> Pushforward) Linearize(Func<Tensor, Tensor> f, Tensor x)
    {
        Node[] probes = Probes("Linearize", [x.Recorded]);
        (Tensor[] kinds, Node[] values, Node[] along, Watch watch) = Forward("Linearize", xs => [f(xs[0])], [x], probes);
        Tensor[] all = Array.ConvertAll(watch.Out([.. values, .. along]), result => kinds[0].Like(result.Node));
        return (all[0], t => Put("Linearize", "tangent", [all[1]], probes, [t])[0]);
    }

    static (Tensor[] Kinds, Node[] Values, Node[] Tangents, Watch Watch) Forward(string operation, Func<Tensor[], Tensor[]> f, Tensor[] xs, Node[] tangents)
    {
        for (int i = 0; i < xs.Length; i++)
        {
            RequireFloating(operation, i, xs[i]);
        }

        using Node.NoGradientScope scope = Node.WithGradient();
        var watch = new Watch(xs);
        Tensor[] kinds = f(watch.Tensors);
        Node[] values = Array.ConvertAll(kinds, value => value.Recorded);
        return (kinds, values, Tangents.Of(values, watch.Nodes, tangents), watch);
    }
}
