using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Tensors made of numbers.</summary>
sealed class CreationRows : IFunctionTable
{
    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            FunctionRow[] rows =
            [
                Many("Arange", _ => [Tensor.Arange(5), Tensor.Arange(7, -2, -3), Tensor.Arange(0.5, 2.25, 0.25, DType.Float64), Tensor.Arange(0)]),
                Many("LinSpace", _ =>
                [
                    Tensor.LinSpace(-1, 2, 7, type: DType.Float64), Tensor.LinSpace(0, 1, 8, endpoint: false, DType.Float64), Tensor.LinSpace(3, 4, 1, type: DType.Float64),
                    Tensor.LinSpace(0, 1, 0, type: DType.Float64),
                ]),
                Many("LogSpace", _ => [Tensor.LogSpace(0, 3, 4, type: DType.Float64), Tensor.LogSpace(0, 4, 5, 2, DType.Float64)]),
                Many("Eye", _ => [Tensor.Eye(3), Tensor.Eye(2, 4, 1, DType.Float64), Tensor.Eye(3, 2, -1, DType.Int32)]),
                Many("TrilIndices", _ => Pair(Tensor.TrilIndices(3, 4, 1))),
                Many("TriuIndices", _ => Pair(Tensor.TriuIndices(3, null, -1))),
                Many("Full", _ =>
                [
                    Tensor.Full(new Shape(2, 2), 1.5), Tensor.Zeros(new Shape(0, 2)), Tensor.Ones(new Shape(3), DType.Int64), Tensor.Empty(new Shape(2)), Tensor.Scalar(0.1, DType.Float64),
                ]),
                Many("Likes", x => [Tensor.ZerosLike(x[0]), Tensor.OnesLike(x[0]), Tensor.FullLike(x[0], 2.5), Tensor.EmptyLike(x[0]), Tensor.OnesLike(x[0], DType.Int32)], Grid(0, 1, 2, 1)),
                Many("MeshGrid", x => [.. Tensor.MeshGrid(x), .. Tensor.MeshGrid(x, "ij")], Vector(0, 1), Grid(0, 1, 2)),
            ];
            return rows.Select(row => row with { Differentiable = row.Name == "MeshGrid", WithoutVmap = row.Name == "Likes" ? "its results are the same for every example" : null });
        }
    }

    static Tensor[] Pair((Tensor Rows, Tensor Columns) both) => [both.Rows, both.Columns];
}
