using Ashlar.Ir;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Primitives;

/// <content>Matrices: the last two axes; all axes before them count independent matrices and are equal.</content>
public static partial class Op
{
    /// <summary>The products of the matrices.</summary>
    public static Node MatMul(Node a, Node b)
    {
        int[] batch = [.. Enumerable.Range(0, a.Shape.Rank - 2)];
        return Dot(a, b, new DotAttributes(batch, batch, [a.Shape.Rank - 1], [a.Shape.Rank - 2]));
    }

    /// <summary>The last two axes exchanged.</summary>
    public static Node Transpose(Node a) => Permute(a, [.. Enumerable.Range(0, a.Shape.Rank - 2), a.Shape.Rank - 1, a.Shape.Rank - 2]);

    /// <summary>The elements on and below a diagonal, zero above it; offset 0 is the main diagonal, positive ones stand above it.</summary>
    public static Node Tril(Node x, int offset) => Where(OnOrBelow(x.Shape, offset), x, Number(x, 0));

    /// <summary>The elements on and above a diagonal, zero below it; offset 0 is the main diagonal, positive ones stand above it.</summary>
    public static Node Triu(Node x, int offset) => Where(OnOrBelow(x.Shape, offset - 1), Number(x, 0), x);

    /// <summary>The identity, [n, n].</summary>
    public static Node Identity(int n, DType type)
    {
        var shape = new Shape(n, n);
        return Cast(Equal(Iota(shape, 0), Iota(shape, 1)), type);
    }

    /// <summary>(x + xᵀ) / 2.</summary>
    public static Node SymmetricPart(Node x) => Multiply(Add(x, Transpose(x)), Number(x, 0.5));

    /// <summary>A diagonal of the last two axes as the last axis; positive offsets stand above the main one.</summary>
    public static Node Diagonal(Node x, int offset = 0)
    {
        (int m, int n) = (x.Shape[^2], x.Shape[^1]);
        int row = Math.Max(0, -offset);
        int column = Math.Max(0, offset);
        int count = Math.Max(0, Math.Min(m - row, n - column));
        int[] lead = [.. x.Shape.Extents[..^2]];
        if (count == 0)
        {
            return Reshape(Slice(x, new int[x.Shape.Rank], [.. lead, 0, n], Ones(x.Shape.Rank)), [.. lead, 0]);
        }

        Node flat = Reshape(x, [.. lead, m * n]);
        return Slice(flat, [.. new int[lead.Length], (row * n) + column], [.. lead, count], [.. Ones(lead.Length), n + 1]);
    }

    /// <summary>[..., n, n] with the last axis of [..., n] on the diagonal and zeros elsewhere.</summary>
    public static Node DiagonalMatrix(Node x)
    {
        int n = x.Shape[^1];
        int[] lead = [.. x.Shape.Extents[..^1]];
        ReadOnlySpan<int> none = new int[lead.Length + 2];
        Node spread = Pad(Reshape(x, [.. lead, n, 1]), none, [.. none[1..], n], none, 0);
        Node flat = Reshape(spread, [.. lead, n * (n + 1)]);
        return Reshape(Slice(flat, none[1..], [.. lead, n * n], Ones(lead.Length + 1)), [.. lead, n, n]);
    }

    /// <summary>A rectangle of the last two axes.</summary>
    public static Node Block(Node x, int row, int column, int rows, int columns)
    {
        int[] lead = [.. x.Shape.Extents[..^2]];
        return Slice(x, [.. new int[lead.Length], row, column], [.. lead, rows, columns], Ones(x.Shape.Rank));
    }

    /// <summary>A part of a packed last axis under extents of its own.</summary>
    public static Node Part(Node packed, int start, ReadOnlySpan<int> extents)
    {
        int[] lead = [.. packed.Shape.Extents[..^1]];
        int count = new Shape(extents).Size;
        return Reshape(Slice(packed, [.. new int[lead.Length], start], [.. lead, count], Ones(packed.Shape.Rank)), [.. lead, .. extents]);
    }

    /// <summary>The lower triangular l with l·lᵀ = (a + aᵀ) / 2.</summary>
    public static Node Cholesky(Node a) => new(CholeskyPrimitive.Instance, [a]);

    /// <summary>x with a·x = b, or aᵀ·x = b, for a triangular a [..., n, n] and b [..., n, k].</summary>
    public static Node TriangularSolve(Node a, Node b, bool lower, bool transposed, bool unitDiagonal = false) =>
        new(TriangularSolvePrimitive.Instance, [a, b], new TriangularAttributes(lower, transposed, unitDiagonal));

    /// <summary>x with a·x = b for regular matrices, by LU; NaN throughout a matrix with a zero pivot.</summary>
    public static Node Solve(Node a, Node b) => new(SolvePrimitive.Instance, [a, b]);

    /// <summary>a[p] = l·u, packed: see <see cref="LuPrimitive"/>.</summary>
    public static Node Lu(Node a) => new(LuPrimitive.Instance, [a]);

    /// <summary>a = q·r, packed: see <see cref="QrPrimitive"/>.</summary>
    public static Node Qr(Node a, bool complete) => new(QrPrimitive.Instance, [a], new Axes("complete", [complete ? 1 : 0]));

    /// <summary>The eigenvalues and eigenvectors of (a + aᵀ) / 2, packed: see <see cref="EighPrimitive"/>.</summary>
    public static Node Eigh(Node a) => new(EighPrimitive.Instance, [a]);

    /// <summary>The eigenvalues and eigenvectors of general matrices, packed: see <see cref="EigPrimitive"/>.</summary>
    public static Node Eig(Node a) => new(EigPrimitive.Instance, [a]);

    /// <summary>a = u·diag(s)·vᵀ, packed: see <see cref="SvdPrimitive"/>.</summary>
    public static Node Svd(Node a, bool full) => new(SvdPrimitive.Instance, [a], new Axes("full", [full ? 1 : 0]));

    /// <summary>The Moore-Penrose inverse; singular values up to <paramref name="tolerance"/> times the largest count as zero.</summary>
    public static Node PseudoInverse(Node a, double tolerance) => new(PseudoInversePrimitive.Instance, [a], new ToleranceAttributes(tolerance));

    /// <summary>The exponential of square matrices.</summary>
    public static Node MatrixExp(Node a) => new(MatrixExpPrimitive.Instance, [a]);

    /// <summary>The rows of a that became the rows of a packed LU decomposition of [m, n]; [..., m], int32.</summary>
    public static Node Rows(Node lu, int m, int n) => Cast(Part(lu, m * n, [m]), DType.Int32);

    /// <summary>y[..., rows[..., i], :] = x[..., i, :] for a permutation of the rows.</summary>
    public static Node PutRows(Node x, Node rows)
    {
        Node across = Transpose(x);
        return Transpose(ScatterAdd(AcrossColumns(rows, across.Shape[^2]), across, across.Shape[^1]));
    }

    static Node AcrossColumns(Node rows, int columns)
    {
        int[] lead = [.. rows.Shape.Extents[..^1]];
        return Expand(Reshape(rows, [.. lead, 1, rows.Shape[^1]]), [.. lead, columns, rows.Shape[^1]]);
    }

    static Node OnOrBelow(Shape shape, int offset)
    {
        var matrix = new Shape(shape[^2], shape[^1]);
        return LessOrEqual(Iota(matrix, 1), Add(Iota(matrix, 0), Number(DType.Int32, offset)));
    }
}
