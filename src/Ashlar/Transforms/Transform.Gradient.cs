using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;

namespace Ashlar;

/// <content>Gradients of functions whose result is one number.</content>
public static partial class Transform
{
    /// <summary>The function that gives the gradient of <paramref name="f"/>.</summary>
    /// <param name="f">A tensor in, a single floating number [] out.</param>
    /// <returns>A tensor in, the gradient of its shape out.</returns>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Gradient(Func<Tensor, Tensor> f) => x => ValueAndGradient(f)(x).Gradient;

    /// <summary>The function that gives the gradient of <paramref name="f"/> with respect to one of its arguments.</summary>
    /// <param name="f">Two tensors in, a single floating number [] out.</param>
    /// <param name="argument">Which one, from 0.</param>
    public static Func<Tensor, Tensor, Tensor> Gradient(Func<Tensor, Tensor, Tensor> f, int argument = 0) => (x, y) => ValueAndGradient(f, argument)(x, y).Gradient;

    /// <summary>The function that gives the gradient of <paramref name="f"/> with respect to one of its arguments.</summary>
    /// <param name="f">Three tensors in, a single floating number [] out.</param>
    /// <param name="argument">Which one, from 0.</param>
    public static Func<Tensor, Tensor, Tensor, Tensor> Gradient(Func<Tensor, Tensor, Tensor, Tensor> f, int argument = 0) => (x, y, z) => ValueAndGradient(f, argument)(x, y, z).Gradient;

    /// <summary>The function that gives the gradients of <paramref name="f"/> with respect to several tensors.</summary>
    /// <param name="f">Tensors in, a single floating number [] out.</param>
    /// <param name="arguments">Which ones, from 0; none means all. The gradients come in this order.</param>
    public static Func<Tensor[], Tensor[]> Gradient(Func<Tensor[], Tensor> f, params int[] arguments) => xs => ValueAndGradient(f, arguments)(xs).Gradients;

    /// <summary>The function that gives value and gradient of <paramref name="f"/>.</summary>
    /// <param name="f">A tensor in, a single floating number [] out.</param>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, (Tensor Value, Tensor Gradient)> ValueAndGradient(Func<Tensor, Tensor> f) => x =>
    {
        (Tensor value, _, Tensor[] gradients) = ValueAndGradients(xs => (f(xs[0]), []), [x], []);
        return (value, gradients[0]);
    };

    /// <summary>The function that gives value and gradient of <paramref name="f"/> with respect to one of its arguments.</summary>
    /// <param name="f">Two tensors in, a single floating number [] out.</param>
    /// <param name="argument">Which one, from 0.</param>
    public static Func<Tensor, Tensor, (Tensor Value, Tensor Gradient)> ValueAndGradient(Func<Tensor, Tensor, Tensor> f, int argument = 0) => (x, y) =>
    {
        (Tensor value, _, Tensor[] gradients) = ValueAndGradients(xs => (f(xs[0], xs[1]), []), [x, y], [argument]);
        return (value, gradients[0]);
    };

    /// <summary>The function that gives value and gradient of <paramref name="f"/> with respect to one of its arguments.</summary>
    /// <param name="f">Three tensors in, a single floating number [] out.</param>
    /// <param name="argument">Which one, from 0.</param>
    public static Func<Tensor, Tensor, Tensor, (Tensor Value, Tensor Gradient)> ValueAndGradient(Func<Tensor, Tensor, Tensor, Tensor> f, int argument = 0) => (x, y, z) =>
    {
        (Tensor value, _, Tensor[] gradients) = ValueAndGradients(xs => (f(xs[0], xs[1], xs[2]), []), [x, y, z], [argument]);
        return (value, gradients[0]);
    };

    /// <summary>The function that gives value and gradients of <paramref name="f"/> with respect to several tensors.</summary>
    /// <param name="f">Tensors in, a single floating number [] out.</param>
    /// <param name="arguments">Which ones, from 0; none means all. The gradients come in this order.</param>
    public static Func<Tensor[], (Tensor Value, Tensor[] Gradients)> ValueAndGradient(Func<Tensor[], Tensor> f, params int[] arguments) => xs =>
    {
        (Tensor value, _, Tensor[] gradients) = ValueAndGradients(given => (f(given), []), xs, arguments);
        return (value, gradients);
    };

    /// <summary>The function that gives value, auxiliary outputs and gradient of <paramref name="f"/>: for what a loss computes on its way, such as predictions.</summary>
    /// <param name="f">A tensor in; out a single floating number [], and tensors that no gradient is taken of.</param>
    public static Func<Tensor, (Tensor Value, Tensor[] Auxiliary, Tensor Gradient)> ValueAndGradient(Func<Tensor, (Tensor Value, Tensor[] Auxiliary)> f) => x =>
    {
        (Tensor value, Tensor[] auxiliary, Tensor[] gradients) = ValueAndGradients(xs => f(xs[0]), [x], []);
        return (value, auxiliary, gradients[0]);
    };

    /// <summary>The function that gives value, auxiliary outputs and gradients of <paramref name="f"/>.</summary>
    /// <param name="f">Tensors in; out a single floating number [], and tensors that no gradient is taken of.</param>
    /// <param name="arguments">Which ones, from 0; none means all. The gradients come in this order.</param>
    public static Func<Tensor[], (Tensor Value, Tensor[] Auxiliary, Tensor[] Gradients)> ValueAndGradient(Func<Tensor[], (Tensor Value, Tensor[] Auxiliary)> f, params int[] arguments) =>
        xs => ValueAndGradients(f, xs, arguments);

    static (Tensor Value, Tensor[] Auxiliary, Tensor[] Gradients) ValueAndGradients(Func<Tensor[], (Tensor Value, Tensor[] Auxiliary)> f, Tensor[] xs, int[] arguments)
    {
        int[] chosen = arguments.Length == 0 ? [.. Enumerable.Range(0, xs.Length)] : arguments;
        foreach (int argument in chosen)
        {
            if ((uint)argument >= (uint)xs.Length)
            {
                throw new ArgumentException($"Gradient: argument {argument} of {xs.Length} was asked for. Arguments count from 0 to {xs.Length - 1}.");
            }

            RequireFloating("Gradient", argument, xs[argument]);
        }

        Watch watch;
        Node[] results;
        Tensor[] kinds;
        using (Node.WithGradient())
        {
            watch = new Watch([.. chosen.Select(argument => xs[argument])]);
            Tensor[] given = [.. xs];
            for (int i = 0; i < chosen.Length; i++)
            {
                given[chosen[i]] = watch.Tensors[i];
            }

            (Tensor value, Tensor[] auxiliary) = f(given);
            kinds = [value, .. auxiliary, .. watch.Tensors];
            results = [value.Node, .. auxiliary.Select(tensor => tensor.Recorded), .. Gradients.Of(value.Node, watch.Nodes)];
        }

        Tensor[] all = [.. kinds.Zip(watch.Out(results), (kind, result) => kind.Like(result.Node))];
        return (all[0], all[1..^chosen.Length], all[^chosen.Length..]);
    }

    static void RequireFloating(string operation, int argument, Tensor x)
    {
        if (!x.DType.RealType.IsFloating)
        {
            throw new DTypeException($"{operation}: argument {argument} is {x.DType.Name}. Only floating tensors have derivatives; cast it, or choose other arguments.");
        }
    }
}
