namespace Ashlar.Tests.Linear;

public sealed class LinalgErrorTests
{
    static readonly Tensor Wide = Tensor.Zeros(new Shape(2, 3));
    static readonly Tensor Vector = Tensor.Zeros(new Shape(3));

    public static TheoryData<string, string> Messages => new(Errors.Select(error => (error.Key, error.Value.Message)));

    static SortedDictionary<string, (Action Act, string Message)> Errors { get; } = new(StringComparer.Ordinal)
    {
        ["inverse of a rectangle"] = (() => Linalg.Inv(Wide), "Inv: [2, 3] is no square matrix (2 rows, 3 columns). Give [..., n, n]."),
        ["decomposition of a vector"] = (() => Linalg.Qr(Vector), "Qr: [3] is no matrix. Give at least two axes: [..., rows, columns]."),
        ["right-hand side"] = (() => Linalg.Solve(Tensor.Eye(2), Vector), "Solve: [2, 2] does not fit right-hand sides [3]. Give as many rows as the matrix has: [2] or [..., 2, k]."),
        ["batches"] = (() => Linalg.Solve(Tensor.Zeros(new Shape(4, 2, 2)), Tensor.Zeros(new Shape(3, 2, 1))), "Solve: [4] and [3] do not broadcast: extents 4 and 3 differ at axis -1. Make them equal or one of them 1."),
        ["condition of nothing"] = (() => Linalg.Cond(Tensor.Zeros(new Shape(0, 0))), "Cond: [0, 0] has no elements, so no condition. Give at least one row and column."),
        ["outer of matrices"] = (() => Linalg.Outer(Wide, Vector), "Outer: [2, 3] and [3] are not both vectors. Flatten them, or use TensorDot with no axes."),
        ["cross of two"] = (() => Linalg.Cross(Wide, Wide, 0), "Cross: [2, 3] and [2, 3] have not 3 elements along axis 0. Name the axis that has."),
        ["no factors"] = (() => Linalg.MultiDot(), "MultiDot: there are no factors. Give at least one."),
        ["a cube among factors"] = (() => Linalg.MultiDot(Wide, Tensor.Zeros(new Shape(3, 1, 1))), "MultiDot: factor 1 is [3, 1, 1], no matrix. Give matrices, and vectors only first or last."),
        ["too many axes"] = (() => Wide.TensorDot(Vector), "TensorDot: [2, 3] x [3] have not 2 axes to contract. Name at most 1."),
        ["axes that do not pair"] = (() => Wide.TensorDot(Wide, [0], [1]), "TensorDot: axis 0 of [2, 3] does not pair with axis 1 of [2, 3]. Pair axes of equal extent, each once."),
        ["vectors of other lengths"] = (() => Wide.VecDot(Tensor.Zeros(new Shape(2))), "VecDot: [2, 3] and [2] differ along axis -1. Give vectors of equal length."),
        ["diagonal of a number"] = (() => Tensor.Scalar(1).DiagEmbed(), "DiagEmbed: [] is a single number. Give at least one axis: [..., n]."),
        ["triangle of a vector"] = (() => Vector.Tril(), "Tril: [3] is no matrix. Give at least two axes: [..., rows, columns]."),
        ["einsum: operands"] = (() => Tensor.Einsum("ij,jk", Wide), "Einsum: in 'ij,jk' it names 2 operands, 1 were given. Write one term for each, with commas between."),
        ["einsum: rank"] = (() => Tensor.Einsum("ijk", Wide), "Einsum: in 'ijk' 'ijk' names 3 axes of operand 0 [2, 3], which has 2. Name each axis, or the rest by an ellipsis."),
        ["einsum: extents"] = (() => Tensor.Einsum("ij,ij", Wide, Wide.T), "Einsum: in 'ij,ij' 'i' is 2 and, in operand 1 [3, 2], 3. Make the extents equal."),
        ["einsum: output"] = (() => Tensor.Einsum("ij->k", Wide), "Einsum: in 'ij->k' 'k' of the output stands in no operand. Take it out or add it to a term."),
        ["einsum: twice"] = (() => Tensor.Einsum("ij->ii", Wide), "Einsum: in 'ij->ii' 'i' stands twice in the output. Write it once; DiagEmbed puts a vector on a diagonal."),
        ["einsum: label"] = (() => Tensor.Einsum("i1->i", Wide), "Einsum: in 'i1->i' '1' is no label. Use letters, commas, one arrow, and ... for axes without a name."),
        ["einsum: arrows"] = (() => Tensor.Einsum("ij->i->j", Wide), "Einsum: in 'ij->i->j' it has more than one arrow. Write inputs->output once."),
        ["gradient of a complete decomposition"] = (() => Transform.Gradient(x => Linalg.Qr(x, complete: true).R.Sum())(Wide.T), "Qr: the complete decomposition of [3, 2] has no gradient, because its last 1 columns of q are arbitrary. Use the reduced one."),
        ["gradient of a full decomposition"] = (() => Transform.Gradient(x => Linalg.Svd(x).S.Sum())(Wide), "Svd: the full decomposition of [2, 3] has no gradient, because 1 of its vectors are arbitrary. Use the reduced one."),
    };

    [Theory, MemberData(nameof(Messages))]
    public void Errors_say_what_happened_and_what_to_do(string name, string message)
    {
        Exception? error = Record.Exception(Errors[name].Act);
        Assert.Equal(message, error?.Message);
    }
}
