using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>Eigenvalues λ and eigenvectors v of general matrices, a·v = v·diag(λ), for a of [..., n, n].</summary>
/// <remarks>
/// <para>Packed as [..., 2·n + 2·n·n + n]: the real parts of λ, the imaginary parts, the real parts of v [n, n], the imaginary parts, and for each vector the place of its element of largest magnitude.
/// Each vector has length 1 and that element, the first of equals, real and positive. Eigenvalues stand in the order of the Schur form; of a conjugate pair, which stands together, the one with positive imaginary part is first.</para>
/// <para>Reduction to Hessenberg form, Francis's double shifts, substitution from below. Backward error of eigenvalues: those of a + e with ‖e‖ ≤ c·n·ε·‖a‖;
/// the vectors of a defective matrix are equal but for rounding. A matrix with NaN or infinity gives NaN throughout, and so does one whose iteration did not converge in 60 steps for one eigenvalue.</para>
/// </remarks>
public sealed class EigPrimitive : MatrixPrimitive
{
    EigPrimitive()
        : base("Eig")
    {
    }

    /// <summary>The one instance.</summary>
    public static EigPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        CheckSquare("Eig", inputs[0]);
        long n = inputs[0].Shape[^1];
        return (Packed(inputs[0], (3 * n) + (2 * n * n)), inputs[0].Type);
    }

    /// <inheritdoc/>
    /// <remarks>Giles 2008, section 3.1, with complex numbers and the vectors' length and phase held: a' = v⁻ᴴ·(diag(λ') + f∘(vᴴ·h))·vᴴ with fᵢⱼ = 1 / conj(λⱼ - λᵢ), 0 between equal eigenvalues,
    /// and hⱼ = gⱼ - vⱼ·Re(gⱼᴴvⱼ) + i·Im(gⱼᴴvⱼ) / vₘⱼ·eₘ, where g is the cotangent of v and m the place of the real element.</remarks>
    public override Node?[] Vjp(Node node, Node cotangent)
    {
        int n = node.Inputs[0].Shape[^1];
        (Node Re, Node Im) v = Vectors(node, n);
        (Node Re, Node Im) g = Vectors(cotangent, n);
        int rows = node.Shape.Rank - 1;
        Node along = Op.Sum(Op.Add(Op.Multiply(g.Re, v.Re), Op.Multiply(g.Im, v.Im)), [rows]);
        Node across = Op.Sum(Op.Subtract(Op.Multiply(g.Re, v.Im), Op.Multiply(g.Im, v.Re)), [rows]);
        int[] lead = [.. node.Shape.Extents[..^1]];
        Node place = Op.Cast(Op.Part(node, (2 * n) + (2 * n * n), [1, n]), DType.Int32);
        Node mark = Op.Equal(Op.Broadcast(Op.Iota(new Shape(n, n), 0), new Shape([.. lead, n, n])), place);
        Node largest = Op.Where(mark, v.Re, Op.Number(v.Re, 1));
        Node phase = Op.Where(mark, Op.Divide(Row(across), largest), Op.Number(v.Re, 0));
        (Node Re, Node Im) h = (Op.Subtract(g.Re, Op.Multiply(v.Re, Row(along))), Op.Add(Op.Subtract(g.Im, Op.Multiply(v.Im, Row(along))), phase));

        // vᴴ·h over conj(λⱼ - λᵢ) is times (λⱼ - λᵢ) over the squared distance.
        (Node Re, Node Im) inner = Times((Op.Transpose(v.Re), Op.Negate(Op.Transpose(v.Im))), h);
        Node apartRe = Op.Subtract(Op.Part(node, 0, [1, n]), Op.Part(node, 0, [n, 1]));
        Node apartIm = Op.Subtract(Op.Part(node, n, [1, n]), Op.Part(node, n, [n, 1]));
        Node squared = EighPrimitive.SafeReciprocal(Op.Add(Op.Multiply(apartRe, apartRe), Op.Multiply(apartIm, apartIm)));
        (Node Re, Node Im) turned =
        (
            Op.Multiply(Op.Subtract(Op.Multiply(inner.Re, apartRe), Op.Multiply(inner.Im, apartIm)), squared),
            Op.Multiply(Op.Add(Op.Multiply(inner.Re, apartIm), Op.Multiply(inner.Im, apartRe)), squared)
        );
        turned = (Op.Add(turned.Re, Op.DiagonalMatrix(Op.Part(cotangent, 0, [n]))), Op.Add(turned.Im, Op.DiagonalMatrix(Op.Part(cotangent, n, [n]))));
        (Node Re, Node Im) right = Times(turned, (Op.Transpose(v.Re), Op.Negate(Op.Transpose(v.Im))));

        // vᴴ·x = right as one real system of twice the extent: [reᵀ imᵀ; -imᵀ reᵀ].
        int rank = node.Shape.Rank + 1;
        Node system = Op.Transpose(Op.Concat([Op.Concat([v.Re, Op.Negate(v.Im)], rank - 1), Op.Concat([v.Im, v.Re], rank - 1)], rank - 2));
        Node solved = Op.Solve(system, Op.Concat([right.Re, right.Im], rank - 2));
        return [Op.Block(solved, 0, 0, n, n)];

        Node Row(Node x) => Op.Reshape(x, [.. lead, 1, n]);
    }

    /// <inheritdoc/>
    public override long Cost(Node node) => 25L * node.Inputs[0].Shape.Size * node.Inputs[0].Shape[^1];

    internal override int ScratchOf(int rows, int columns, Attributes? attributes) => (3 * rows * rows) + (2 * rows);

    internal override void Compute<T>(MatrixTask<T> task)
    {
        int n = task.Rows;
        Span<T> t = task.Scratch[..(n * n)];
        Span<T> zt = task.Scratch.Slice(n * n, n * n);
        Span<T> vectors = task.Scratch.Slice(2 * n * n, n * n);
        Span<T> real = task.Result[..n];
        Span<T> imaginary = task.Result.Slice(n, n);
        task.A.CopyTo(t);
        T largest = RowSteps.Largest(task.A);
        T scale = largest > T.Zero && T.IsFinite(largest) ? RowSteps.PowerOfTwoBelow(largest) : T.One;
        RowSteps.Divide(t, scale);
        if (!T.IsFinite(largest) || !RealSchur.Decompose(task.Steps, t, zt, n, real, imaginary, task.Scratch[(3 * n * n)..]))
        {
            task.Result.Fill(T.NaN);
            return;
        }

        SchurVectors.Find(t, n, real, imaginary);

        // Rows of `vectors` are the eigenvectors: (z·t)ᵀ = tᵀ·zᵀ.
        vectors.Clear();
        for (int j = 0; j < n; j++)
        {
            int end = imaginary[j] > T.Zero ? j + 1 : j;
            for (int k = 0; k <= end; k++)
            {
                task.Steps.Add(t[(k * n) + j], zt.Slice(k * n, n), vectors.Slice(j * n, n));
            }
        }

        Write<T>(vectors, n, imaginary, task.Result[(2 * n)..]);
        for (int i = 0; i < 2 * n; i++)
        {
            task.Result[i] *= scale;
        }
    }

    static void Write<T>(Span<T> vectors, int n, ReadOnlySpan<T> imaginary, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        result.Clear();
        Span<T> places = result[(2 * n * n)..];
        for (int j = 0; j < n; j++)
        {
            Span<T> re = vectors.Slice(j * n, n);
            Span<T> im = imaginary[j] == T.Zero ? default : vectors.Slice((j + 1) * n, n);
            int place = Normalize(re, im);
            Put(re, result, n, j, T.One);
            places[j] = T.CreateTruncating(place);
            if (!im.IsEmpty)
            {
                Put(im, result[(n * n)..], n, j, T.One);
                Put(re, result, n, j + 1, T.One);
                Put(im, result[(n * n)..], n, j + 1, -T.One);
                places[++j] = T.CreateTruncating(place);
            }
        }
    }

    // Length 1, and the element of largest magnitude real and positive; its place.
    static int Normalize<T>(Span<T> re, Span<T> im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int place = 0;
        T most = T.Zero;
        for (int i = 0; i < re.Length; i++)
        {
            T size = im.IsEmpty ? T.Abs(re[i]) : RowSteps.Hypot(re[i], im[i]);
            (place, most) = size > most ? (i, size) : (place, most);
        }

        if (most == T.Zero)
        {
            return place;
        }

        T c = re[place] / most;
        T s = im.IsEmpty ? T.Zero : im[place] / most;
        T sum = T.Zero;
        for (int i = 0; i < re.Length; i++)
        {
            (T x, T y) = (re[i] / most, im.IsEmpty ? T.Zero : im[i] / most);
            re[i] = T.FusedMultiplyAdd(s, y, c * x);
            sum = T.FusedMultiplyAdd(re[i], re[i], sum);
            if (!im.IsEmpty)
            {
                im[i] = i == place ? T.Zero : T.FusedMultiplyAdd(-s, x, c * y);
                sum = T.FusedMultiplyAdd(im[i], im[i], sum);
            }
        }

        T length = T.Sqrt(sum);
        RowSteps.Divide(re, length);
        RowSteps.Divide(im, length);
        return place;
    }

    static void Put<T>(ReadOnlySpan<T> vector, Span<T> matrix, int n, int column, T sign)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + column] = sign * vector[i];
        }
    }

    static (Node Re, Node Im) Vectors(Node packed, int n) => (Op.Part(packed, 2 * n, [n, n]), Op.Part(packed, (2 * n) + (n * n), [n, n]));

    static (Node Re, Node Im) Times((Node Re, Node Im) a, (Node Re, Node Im) b) =>
    (
        Op.Subtract(Op.MatMul(a.Re, b.Re), Op.MatMul(a.Im, b.Im)),
        Op.Add(Op.MatMul(a.Re, b.Im), Op.MatMul(a.Im, b.Re))
    );
}
