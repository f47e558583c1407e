namespace Ashlar;

/// <content>Choices and orders.</content>
public sealed partial class Tensor
{
    /// <summary>Slices of an axis chosen at random; the axes of the shape take the place of the axis. Gradients pass to the values.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="values">What to choose from.</param>
    /// <param name="shape">Of the choices.</param>
    /// <param name="replace">Whether a slice can be chosen again.</param>
    /// <param name="probabilities">Weights [n] ≥ 0, which need not sum to 1; equal ones if null. No gradient passes.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="ShapeException">There is nothing to choose from, not enough without replacement, or the weights are not [n].</exception>
    public static Tensor RandomChoice(RandomKey key, Tensor values, Shape shape, bool replace = true, Tensor? probabilities = null, int axis = 0)
    {
        int place = values.Shape.Axis(axis, "RandomChoice");
        return values.Take(RandomChoice(key, values.Shape[place], shape, replace, probabilities), place);
    }

    /// <summary>Whole numbers below <paramref name="count"/> chosen at random; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="count">n: how many numbers there are.</param>
    /// <param name="shape">Of the choices.</param>
    /// <param name="replace">Whether a number can be chosen again.</param>
    /// <param name="probabilities">Weights [n] ≥ 0, which need not sum to 1; equal ones if null.</param>
    /// <remarks>With replacement: inversion of the summed weights; without: the first of a sort of random numbers, with weights of their logarithms plus Gumbel noise (Efraimidis and Spirakis 2006),
    /// which is the order of drawing one after the other. A weight of 0 is never chosen, but comes last without replacement if too few others are there.</remarks>
    /// <exception cref="ShapeException">There is nothing to choose from, not enough without replacement, or the weights are not [n].</exception>
    public static Tensor RandomChoice(RandomKey key, int count, Shape shape, bool replace = true, Tensor? probabilities = null)
    {
        int wanted = shape.Size;
        if (wanted > 0 && (count <= 0 || (!replace && wanted > count)))
        {
            throw new ShapeException($"RandomChoice: {wanted} of {count} are asked for{(replace ? "" : " without replacement")}. Choose fewer{(replace || count <= 0 ? "" : " or with replacement")}.");
        }

        if (probabilities is not null && !probabilities.Shape.Equals(new Shape(count)))
        {
            throw new ShapeException($"RandomChoice: the weights are {probabilities.Shape}, the numbers to choose from {count}. Give one weight for each: [{count}].");
        }

        Tensor? weights = probabilities?.StopGradient().To(DType.Float64);
        if (!replace)
        {
            Tensor scores = weights is null ? RandomUniform(key, new Shape(count), type: DType.Float64) : weights.Log() + RandomGumbel(key, new Shape(count), DType.Float64);
            return scores.ArgSort(descending: true).To(DType.Int64).Slice(0, 0, wanted).Reshape(shape.Extents);
        }

        if (weights is null)
        {
            return count == 0 ? Zeros(shape, DType.Int64) : RandomInteger(key, shape, 0, count);
        }

        // A product of the total and the largest number below 1 rounds to a number below the total, so the last positive weight is the last chosen.
        Tensor sums = weights.CumSum(0);
        Tensor at = RandomUniform(key, shape, type: DType.Float64) * sums.Slice(0, count - 1, 1).Reshape();
        return sums.SearchSorted(at, right: true);
    }

    /// <summary>The slices of an axis in random order, every order equally likely. Gradients pass.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="values">What to order.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="independent">Whether each row along the axis gets an order of its own, instead of one for all.</param>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Tensor RandomPermutation(RandomKey key, Tensor values, int axis = 0, bool independent = false)
    {
        int place = values.Shape.Axis(axis, "RandomPermutation");
        return independent
            ? values.TakeAlongAxis(RandomUniform(key, values.Shape, type: DType.Float64).ArgSort(place), place)
            : values.Take(RandomPermutation(key, values.Shape[place]), place);
    }
}
