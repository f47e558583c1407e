using Ashlar.Primitives;

namespace Ashlar.Nn.Init;

/// <summary>Initial values that do not depend on fans; those that do are <see cref="Kaiming"/> and <see cref="Xavier"/>. For a parameter: <c>parameter.Set(Weights.Orthogonal(key, parameter.Shape))</c>.</summary>
public static class Weights
{
    /// <summary>Every element the same.</summary>
    public static Tensor Constant(Shape shape, double value, DType type = DType.Float32) => Tensor.Full(shape, value, type);

    /// <summary>Uniform on [low, high).</summary>
    public static Tensor Uniform(RandomKey key, Shape shape, double low = 0, double high = 1, DType type = DType.Float32) => Tensor.RandomUniform(key, shape, low, high, type);

    /// <summary>Normal with mean and standard deviation.</summary>
    public static Tensor Normal(RandomKey key, Shape shape, double mean = 0, double deviation = 1, DType type = DType.Float32) => Tensor.RandomNormal(key, shape, mean, deviation, type);

    /// <summary>Normal with mean and standard deviation, cut to [mean - cut · deviation, mean + cut · deviation]; what lies beyond is drawn inside, not moved to the border.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation before the cut; after a cut at 2 it is 0.88 of it.</param>
    /// <param name="cut">Where it is cut, in deviations, > 0.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentException">The cut is not positive.</exception>
    public static Tensor TruncatedNormal(RandomKey key, Shape shape, double mean = 0, double deviation = 1, double cut = 2, DType type = DType.Float32) =>
        (Tensor.RandomTruncatedNormal(key, shape, -cut, cut, type) * deviation) + mean;

    /// <summary>Rows or columns orthonormal, whichever are fewer, times the gain: uniform over such matrices.</summary>
    /// <remarks>Saxe, McClelland, Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"; the q of a normal matrix with the signs of r's diagonal (Mezzadri 2007).</remarks>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, window]: a matrix of outputs against all others.</param>
    /// <param name="gain">Factor of the whole.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no weight's.</exception>
    public static Tensor Orthogonal(RandomKey key, Shape shape, double gain = 1, DType type = DType.Float32)
    {
        RequireWeight(shape, "Orthogonal");
        int rows = shape[0];
        int columns = new Shape(shape.Extents[1..]).Size;
        if (shape.Size == 0)
        {
            return Tensor.Zeros(shape, type);
        }

        (int longer, int shorter) = (Math.Max(rows, columns), Math.Min(rows, columns));
        Tensor packed = new(Op.Qr(Tensor.RandomNormal(key, new Shape(longer, shorter), type: type).Node, complete: false));
        Tensor q = packed.Slice(0, 0, longer * shorter).Reshape(longer, shorter);
        Tensor r = packed.Slice(0, longer * shorter, shorter * shorter).Reshape(shorter, shorter);
        Tensor signs = (r * Diagonal(shorter, shorter, type)).Sum([0]).Sign();
        q *= signs * gain;
        return (rows < columns ? q.T : q).Reshape(shape.Extents);
    }

    /// <summary>Normal with standard deviation, and in each column the same share of elements, chosen by chance, 0.</summary>
    /// <remarks>Martens 2010, "Deep learning via Hessian-free optimization".</remarks>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs].</param>
    /// <param name="sparsity">Share of zeros in a column, rounded up, 0 to 1.</param>
    /// <param name="deviation">Standard deviation of the others.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no [outputs, inputs].</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside.</exception>
    public static Tensor Sparse(RandomKey key, Shape shape, double sparsity, double deviation = 0.01, DType type = DType.Float32)
    {
        RequireMatrix(shape, "Sparse");
        if (!(sparsity is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(sparsity), FormattableString.Invariant($"Sparse: the share {sparsity} lies outside 0 … 1. Give the share of zeros."));
        }

        int zeros = (int)Math.Ceiling(sparsity * shape[0]);
        (RandomKey forValues, RandomKey forPlaces) = key.Split();
        var stays = new bool[shape.Size];
        stays.AsSpan().Fill(true);
        for (int column = 0; column < shape[1]; column++)
        {
            foreach (int row in Permutation.Draw(forPlaces.Fold(column), shape[0]).AsSpan(0, zeros))
            {
                stays[(row * shape[1]) + column] = false;
            }
        }

        Tensor values = Tensor.RandomNormal(forValues, shape, 0, deviation, type);
        return Tensor.Where(Tensor.From(stays, shape.Extents), values, Tensor.Zeros(new Shape(), type));
    }

    /// <summary>Ones where row and column are equal: inputs pass unchanged.</summary>
    /// <exception cref="ShapeException">The shape is no [outputs, inputs].</exception>
    public static Tensor Eye(Shape shape, DType type = DType.Float32)
    {
        RequireMatrix(shape, "Eye");
        return Diagonal(shape[0], shape[1], type);
    }

    /// <summary>A convolution that passes its inputs unchanged: 1 in the middle of the window where output and input channel are equal.</summary>
    /// <remarks>Zagoruyko, Komodakis 2017, "DiracNets: training very deep neural networks without skip-connections".</remarks>
    /// <param name="shape">[outputs, inputs, window], a window of one to three axes.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no convolution's.</exception>
    public static Tensor Dirac(Shape shape, DType type = DType.Float32)
    {
        if (shape.Rank is < 3 or > 5)
        {
            throw new ShapeException($"Dirac: {shape} is no weight of a convolution. Give [outputs, inputs, window].");
        }

        Tensor mask = Diagonal(shape[0], shape[1], type).Reshape([shape[0], shape[1], .. Enumerable.Repeat(1, shape.Rank - 2)]);
        for (int axis = 2; axis < shape.Rank; axis++)
        {
            mask *= new Tensor(Op.Iota(shape, axis)).EqualTo(new Tensor(Op.Number(DType.Int32, shape[axis] / 2))).To(type);
        }

        return mask;
    }

    static Tensor Diagonal(int rows, int columns, DType type)
    {
        var shape = new Shape(rows, columns);
        return new Tensor(Op.Iota(shape, 0)).EqualTo(new Tensor(Op.Iota(shape, 1))).To(type);
    }

    static void RequireMatrix(Shape shape, string operation)
    {
        if (shape.Rank != 2)
        {
            throw new ShapeException($"{operation}: {shape} is no matrix. Give [outputs, inputs].");
        }
    }

    static void RequireWeight(Shape shape, string operation)
    {
        if (shape.Rank < 2)
        {
            throw new ShapeException($"{operation}: {shape} is no weight. Give [outputs, inputs] or [outputs, inputs, window].");
        }
    }
}
