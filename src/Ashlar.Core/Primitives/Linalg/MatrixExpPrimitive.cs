using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>eᵃ = Σ aᵏ / k! for a of [..., n, n].</summary>
/// <remarks>
/// <para>Higham 2005, "The scaling and squaring method for the matrix exponential revisited": the smallest of the diagonal Padé approximants of degree 3, 5, 7, 9 and 13
/// whose bound the 1-norm keeps, else degree 13 after halving a often enough, then as many squarings. The bounds are those of float64 and float32.</para>
/// <para>Backward error: the result is e^(a + e) with ‖e‖₁ ≤ ε·‖a‖₁ before the rounding of products and of the solution. A matrix with NaN or infinity gives NaN throughout.</para>
/// </remarks>
public sealed class MatrixExpPrimitive : MatrixPrimitive
{
    static readonly (double Norm, double[] Coefficients)[] Double =
    [
        (1.495585217958292e-2, [120, 60, 12, 1]),
        (2.539398330063230e-1, [30240, 15120, 3360, 420, 30, 1]),
        (9.504178996162932e-1, [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1]),
        (2.097847961257068, [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1]),
        (5.371920351148152, [64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1]),
    ];

    static readonly (double Norm, double[] Coefficients)[] Single =
    [
        (4.258730016922831e-1, Double[0].Coefficients),
        (1.880152677804762, Double[1].Coefficients),
        (3.925724783138660, Double[2].Coefficients),
    ];

    MatrixExpPrimitive()
        : base("MatrixExp")
    {
    }

    /// <summary>The one instance.</summary>
    public static MatrixExpPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        CheckSquare("MatrixExp", inputs[0]);
        return (inputs[0].Shape, inputs[0].Type);
    }

    /// <inheritdoc/>
    /// <remarks>Higham 2008, section 10.6: the derivative at aᵀ in the direction of the cotangent, the upper right block of the exponential of [aᵀ g; 0 aᵀ].</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        int n = node.Shape[^1];
        int rank = node.Shape.Rank;
        Node at = Op.Transpose(node.Inputs[0]);
        Node none = Op.Broadcast(Op.Number(node, 0), node.Shape);
        Node both = Op.Concat([Op.Concat([at, cotangent], rank - 1), Op.Concat([none, at], rank - 1)], rank - 2);
        return [Op.Block(new Node(this, [both]), 0, n, n, n)];
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 20L * node.Shape.Size * node.Shape[^1];

    internal override int ScratchOf(int rows, int columns, Attributes? attributes) => (7 * rows * rows) + rows;

    internal override void Compute<T>(MatrixTask<T> task)
    {
        int n = task.Rows;
        int size = n * n;
        Span<T> a = task.Scratch[..size];
        task.A.CopyTo(a);
        T norm = OneNorm<T>(a, n);
        if (!T.IsFinite(norm))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        (double Norm, double[] Coefficients)[] approximants = typeof(T) == typeof(float) ? Single : Double;
        int chosen = 0;
        while (chosen < approximants.Length - 1 && norm > RowSteps.Number<T>(approximants[chosen].Norm))
        {
            chosen++;
        }

        int halvings = 0;
        T half = RowSteps.Number<T>(0.5);
        for (T limit = RowSteps.Number<T>(approximants[chosen].Norm); norm > limit; norm *= half)
        {
            halvings++;
        }

        foreach (ref T value in a)
        {
            value = T.ScaleB(value, -halvings);
        }

        if (!Approximate(a, n, approximants[chosen].Coefficients, task.Scratch[size..], task.Result))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        for (int i = 0; i < halvings; i++)
        {
            task.Result.CopyTo(a);
            Multiply<T>(a, a, task.Result, n);
        }
    }

    // (v - u)⁻¹·(v + u) with the odd terms in u = a·Σ and the even ones in v, both from powers of a².
    static bool Approximate<T>(ReadOnlySpan<T> a, int n, double[] b, Span<T> scratch, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = n * n;
        Span<T> square = scratch[..size];
        Span<T> power = scratch.Slice(size, size);
        Span<T> next = scratch.Slice(2 * size, size);
        Span<T> odd = scratch.Slice(3 * size, size);
        Span<T> even = scratch.Slice(4 * size, size);
        Span<T> order = scratch.Slice(6 * size, n);
        Multiply(a, a, square, n);
        RowSteps.Identity(power, n, n);
        odd.Clear();
        even.Clear();
        for (int k = 0; k < b.Length; k += 2)
        {
            RowSteps.Add(RowSteps.Number<T>(b[k]), power, even);
            RowSteps.Add(RowSteps.Number<T>(b[k + 1]), power, odd);
            if (k + 2 < b.Length)
            {
                Multiply<T>(power, square, next, n);
                next.CopyTo(power);
            }
        }

        Multiply(a, odd, power, n);
        for (int i = 0; i < size; i++)
        {
            next[i] = even[i] - power[i];
            power[i] = even[i] + power[i];
        }

        LuPrimitive.Factor(next, n, n, order);
        for (int i = 0; i < n; i++)
        {
            power.Slice(int.CreateTruncating(order[i]) * n, n).CopyTo(result[(i * n)..]);
        }

        return TriangularSolvePrimitive.Solve<T>(next, n, result, n, lower: true, transposed: false, unitDiagonal: true)
            && TriangularSolvePrimitive.Solve<T>(next, n, result, n, lower: false, transposed: false, unitDiagonal: false);
    }

    static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        result[..(n * n)].Clear();
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                RowSteps.Add(a[(i * n) + k], b.Slice(k * n, n), result.Slice(i * n, n));
            }
        }
    }

    static T OneNorm<T>(ReadOnlySpan<T> a, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int j = 0; j < n; j++)
        {
            T sum = T.Zero;
            for (int i = 0; i < n; i++)
            {
                sum += T.Abs(a[(i * n) + j]);
            }

            largest = T.Max(largest, sum);
        }

        return largest;
    }
}
