using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Functions of functions: gradients and batching, which compose in any order.</summary>
public static class Transform
{
    /// <summary>The function that gives the gradient of <paramref name="f"/>.</summary>
    /// <param name="f">A tensor in, a single floating number [] out.</param>
    /// <returns>A tensor in, the gradient of its shape out.</returns>
    public static Func<Tensor, Tensor> Gradient(Func<Tensor, Tensor> f) => x => ValueAndGradient(f)(x).Gradient;

    /// <summary>The function that gives value and gradient of <paramref name="f"/>.</summary>
    /// <param name="f">A tensor in, a single floating number [] out.</param>
    public static Func<Tensor, (Tensor Value, Tensor Gradient)> ValueAndGradient(Func<Tensor, Tensor> f)
    {
        Func<Tensor[], (Tensor Value, Tensor[] Gradients)> many = ValueAndGradient((Tensor[] xs) => f(xs[0]));
        return x =>
        {
            (Tensor value, Tensor[] gradients) = many([x]);
            return (value, gradients[0]);
        };
    }

    /// <summary>The function that gives value and gradients of <paramref name="f"/> with respect to each of several tensors.</summary>
    /// <param name="f">Tensors in, a single floating number [] out.</param>
    public static Func<Tensor[], (Tensor Value, Tensor[] Gradients)> ValueAndGradient(Func<Tensor[], Tensor> f) => xs =>
    {
        Node[] sources = [.. xs.Select(x => x.Node)];
        Node[] watched = [.. sources.Select(Op.Barrier)];
        Node value = f([.. watched.Select(node => new Tensor(node))]).Node;
        Node[] gradients = Gradients.Of(value, watched);

        // The watched values are taken out again, so that what is returned keeps no history but that of the arguments.
        Node[] results = Rewrite.Replace([value, .. gradients], watched, sources);
        return (new Tensor(results[0]), [.. results.Skip(1).Select(node => new Tensor(node))]);
    };

    /// <summary>The function that applies <paramref name="f"/> to each row of axis 0, as one program.</summary>
    /// <param name="f">One example in, one result out.</param>
    public static Func<Tensor, Tensor> Vmap(Func<Tensor, Tensor> f) => xs =>
    {
        if (xs.Rank == 0)
        {
            throw new ShapeException($"Vmap: {xs.Shape} has no axis to map over. Give a batch [B, …].");
        }

        Node example = Op.Barrier(Node.Slot(new Shape(xs.Shape.Extents[1..]), xs.DType, 0));
        Node result = f(new Tensor(example)).Node;
        return new Tensor(Vectorize.Over([result], [example], [xs.Node])[0]);
    };

    /// <summary>Nothing recorded on this thread until the result is disposed keeps anything for a gradient: for evaluation loops and simulations.</summary>
    public static Node.NoGradientScope NoGradient() => Node.NoGradient();
}
