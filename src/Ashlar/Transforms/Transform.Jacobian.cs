using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Matrices of derivatives.</content>
public static partial class Transform
{
    /// <summary>The function that gives all partial derivatives of <paramref name="f"/>.</summary>
    /// <param name="f">A floating tensor in, a floating tensor out.</param>
    /// <param name="mode">From which end; the sizes decide by default.</param>
    /// <returns>x in; out […shape of f(x), …shape of x], where element [i, j] is ∂f(x)ᵢ/∂xⱼ.</returns>
    /// <exception cref="DTypeException">Argument or value are not floating.</exception>
    public static Func<Tensor, Tensor> Jacobian(Func<Tensor, Tensor> f, DerivativeMode mode = DerivativeMode.Automatic) => x =>
    {
        RequireFloating("Jacobian", 0, x.DType.IsComplex ? throw ComplexParts.Refusal("Jacobian", x) : x);
        Watch watch;
        Node matrix;
        using (Node.WithGradient())
        {
            watch = new Watch([x]);
            Node value = f(watch.Tensors[0]).Node;
            bool forward = mode == DerivativeMode.Forward || (mode == DerivativeMode.Automatic && value.Shape.Size >= x.Size);
            Node probe = Probes("Jacobian", [forward ? watch.Nodes[0] : value])[0];
            matrix = forward
                ? OverBasis(Tangents.Of([value], watch.Nodes, [probe])[0], probe)
                : OverBasis(Gradients.Of([value], [probe], watch.Nodes)[0], probe);
            matrix = forward ? Op.MoveAxis(matrix, 0, value.Shape.Rank) : matrix;
            matrix = Op.Reshape(matrix, [.. value.Shape, .. x.Shape]);
        }

        return watch.Out(matrix)[0];
    };

    /// <summary>The function that gives all second derivatives of <paramref name="f"/>, forward over reverse.</summary>
    /// <param name="f">A floating tensor in, a single floating number [] out.</param>
    /// <returns>x in, […shape of x, …shape of x] out.</returns>
    public static Func<Tensor, Tensor> Hessian(Func<Tensor, Tensor> f) => Jacobian(Gradient(f), DerivativeMode.Forward);

    /// <summary>The function (x, v) ↦ H·v with the second derivatives H of <paramref name="f"/> at x, without H: about the cost of two gradients.</summary>
    /// <param name="f">A floating tensor in, a single floating number [] out.</param>
    /// <returns>x and v of one shape in, the product of that shape out.</returns>
    public static Func<Tensor, Tensor, Tensor> HessianVectorProduct(Func<Tensor, Tensor> f) => (x, v) => Jvp(Gradient(f), x, v).Tangent;

    // The linear result for each unit vector in place of the probe: [size of the probe, …shape of the result].
    static Node OverBasis(Node result, Node probe)
    {
        var square = new Shape(probe.Shape.Size, probe.Shape.Size);
        Node identity = Op.Cast(Op.Equal(Op.Iota(square, 0), Op.Iota(square, 1)), probe.Type);
        return Vectorize.Over([result], [probe], [Op.Reshape(identity, [probe.Shape.Size, .. probe.Shape])])[0];
    }
}
