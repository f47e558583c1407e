using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Functions that move, join and cut; all exact.</summary>
sealed class MovementRows : IFunctionTable
{
    public IEnumerable<FunctionRow> Rows
    {
        get
        {
            yield return Moving("T", x => [x.T]);
            yield return Moving("MatrixTranspose", x => [x.MatrixTranspose()]);
            yield return Moving("Reshape", x => [x.Reshape(4, x.Size / 4)]);
            yield return Moving("Permute", x => [x.Permute(2, 0, 1)]);
            yield return Moving("BroadcastTo", x => [x.BroadcastTo(new Shape(3, 2, 2))], 2, 1);
            yield return Moving("Flip", x => [x.Flip(), x.Flip(1), x.Flip(0, -1)]);
            yield return Moving("Squeeze", x => [x.Squeeze(), x.Squeeze(-1)], 1, 3, 1);
            yield return Moving("Unsqueeze", x => [x.Unsqueeze(0), x.Unsqueeze(-1), x.Unsqueeze(1)], 3, 3);
            yield return Moving("MoveAxis", x => [x.MoveAxis(0, -1), x.MoveAxis(-1, 0), x.MoveAxis([0, 2], [1, 0])]);
            yield return Moving("SwapAxes", x => [x.SwapAxes(0, -1)]);
            yield return Moving("Flatten", x => [x.Flatten(), x.Flatten(1), x.Flatten(0, 1)]);
            yield return Moving("Slice", x => [x.Slice(-1, 1, 2)]);
            yield return Moving("Pad", x => [x.Pad([1, 0], [0, 2]), x.Pad([1, 0], [0, 2], 7)], 3, 3);
            yield return Moving("Pad Reflect", x => [x.Pad([1, 2], [2, 1], PadMode.Reflect)], 3, 3);
            yield return Moving("Pad Replicate", x => [x.Pad([1, 2], [2, 1], PadMode.Replicate)], 3, 3);
            yield return Moving("Pad Circular", x => [x.Pad([1, 2], [2, 1], PadMode.Circular)], 3, 3);
            yield return Moving("Pad Symmetric", x => [x.Pad([1, 2], [2, 1], PadMode.Symmetric)], 3, 3);
            yield return Moving("Roll", x => [x.Roll(5), x.Roll(-1, 1), x.Roll([1, -2], [0, 2])]);
            yield return Moving("Tile", x => [x.Tile(2), x.Tile(2, 1, 3)], 3, 3);
            yield return Moving("Tril", x => [x.Tril(), x.Tril(1)]);
            yield return Moving("Triu", x => [x.Triu(), x.Triu(-1)]);
            yield return Moving("Diagonal", x => [x.Diagonal(), x.Diagonal(-1)]);
            yield return Moving("DiagEmbed", x => [x.DiagEmbed(), x.DiagEmbed(-1)], 3, 3);
            yield return Moving("Split", x => x.Split(2, -1));
            yield return Moving("Split by extents", x => x.Split([1, 1, 2], -1));
            yield return Moving("Chunk", x => x.Chunk(3), 7);
            yield return Moving("Unstack", x => x.Unstack(-1), 3, 3);
            yield return Moving("Rearrange", x => [x.Rearrange("a b (c d) -> c (a d) b", ("c", 2))]);
            yield return Moving("Reduce by a pattern", x => [x.Reduce("a b c -> a c", PatternReduction.Max)]);
            yield return Moving("Repeat by a pattern", x => [x.Repeat("a b -> a b c", ("c", 2))], 3, 3);
            yield return Moving("Repeat", x => [x.Repeat(2, 0), x.Repeat(Tensor.From([1, 0, 2], 3), 1)], 3, 3);
            yield return Moving("Diff", x => [x.Diff(), x.Diff(2, 1)]);
            yield return Joining("Concat", (a, b) => [Tensor.Concat([a, b], 0)], 1);
            yield return Joining("Stack", (a, b) => [Tensor.Stack([a, b]), Tensor.Stack([a, b], -1)], 3);
            yield return Joining("HStack", (a, b) => [Tensor.HStack(a, b)], 3);
            yield return Joining("VStack", (a, b) => [Tensor.VStack(a, b)], 1);
            yield return Joining("BroadcastTensors", (a, b) => Tensor.BroadcastTensors(a, b), 1);
        }
    }

    static FunctionRow Moving(string name, Func<Tensor, Tensor[]> body, params ReadOnlySpan<int> extents) =>
        new(name, body, x => body(x[0]), [Grid(-2, 2, extents.IsEmpty ? [2, 3, 4] : extents)]);

    static FunctionRow Joining(string name, Func<Tensor, Tensor, Tensor[]> body, int rows) =>
        new(name, body, x => body(x[0], x[1]), [Grid(-2, 2, 3, 3), Grid(-2, 2, rows, 3)]);
}
