using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Tests.Primitives;

/// <summary>Decompositions and solutions of matrices, on regular matrices with separate spectra.</summary>
sealed class LinalgCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            for (int way = 0; way < 8; way++)
            {
                var attributes = new TriangularAttributes((way & 1) != 0, (way & 2) != 0, (way & 4) != 0);
                yield return new($"TriangularSolve {attributes}", TriangularSolvePrimitive.Instance, [Square(3, 4, 3, 5), new(new Shape(2, 3, 2), -2, 2)], attributes) { Differentiable = [0, 1], WithoutOnnx = "no operator solves" };
            }

            yield return new("Solve", SolvePrimitive.Instance, [Square(3, 4, 3, 5), new(new Shape(2, 3, 2), -2, 2)]) { Differentiable = [0, 1], WithoutOnnx = "no operator solves" };
            yield return Of("Cholesky", CholeskyPrimitive.Instance, Square(3, 4, 3, 5), null);
            yield return Of("Lu", LuPrimitive.Instance, Square(3, 4, 3, 5), null);
            yield return Of("Lu of a wide matrix", LuPrimitive.Instance, new(new Shape(3, 5), -1, 1) { Diagonal = [2, 3, 4] }, null);
            yield return Of("Lu of a tall matrix", LuPrimitive.Instance, new(new Shape(5, 3), -1, 1) { Diagonal = [2, 3, 4] }, null);
            yield return Of("Qr", QrPrimitive.Instance, Square(3, 4, 3, 5), new Axes("complete", [0]));
            yield return Of("Qr of a tall matrix", QrPrimitive.Instance, new(new Shape(5, 3), -1, 1) { Diagonal = [2, 3, 4] }, new Axes("complete", [0]));
            yield return Of("Qr of a wide matrix", QrPrimitive.Instance, new(new Shape(2, 4), -1, 1) { Diagonal = [2, 3] }, new Axes("complete", [1]));
            yield return Of("Eigh", EighPrimitive.Instance, Square(3, 1, 5, -4), null);
            yield return Of("Eig of real values", EigPrimitive.Instance, Square(3, 1, 5, -4), null);
            yield return Of("Eig of a pair", EigPrimitive.Instance, new(new Shape(3, 3), -2, 2) { Diagonal = [0, 0, 7] }, null);
            foreach (int full in (int[])[0, 1])
            {
                yield return Of($"Svd, full={full}", SvdPrimitive.Instance, Square(3, 2, 5, -8), new Axes("full", [full]));
            }

            yield return Of("Svd of a tall matrix", SvdPrimitive.Instance, new(new Shape(5, 3), -1, 1) { Diagonal = [2, 5, 9] }, new Axes("full", [0]));
            yield return Of("Svd of a wide matrix", SvdPrimitive.Instance, new(new Shape(3, 4), -1, 1) { Diagonal = [2, 5, 9] }, new Axes("full", [0]));
            yield return Of("PseudoInverse", PseudoInversePrimitive.Instance, Square(3, 4, 3, 5), new ToleranceAttributes(1e-12));
            yield return Of("PseudoInverse of a tall matrix", PseudoInversePrimitive.Instance, new(new Shape(4, 2), -1, 1) { Diagonal = [2, 3] }, new ToleranceAttributes(1e-12));
            yield return Of("PseudoInverse of a wide matrix", PseudoInversePrimitive.Instance, new(new Shape(2, 2, 3), -1, 1) { Diagonal = [2, 3] }, new ToleranceAttributes(1e-12));
            yield return Of("MatrixExp", MatrixExpPrimitive.Instance, Square(3, 0.5, -0.5, 0), null);
        }
    }

    static Operand Square(int n, params double[] diagonal) => new(new Shape(2, n, n), -1, 1) { Diagonal = diagonal };

    static PrimitiveCase Of(string name, MatrixPrimitive primitive, Operand operand, Attributes? attributes) =>
        new(name, primitive, [operand], attributes) { Differentiable = [0], WithoutOnnx = "no operator decomposes" };
}
