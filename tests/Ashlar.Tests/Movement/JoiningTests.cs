using Ashlar.Primitives;

namespace Ashlar.Tests.Movement;

public sealed class JoiningTests
{
    static readonly Tensor X = Tensor.Arange(6).Reshape(2, 3);

    [Fact]
    public void Stacking_undoes_unstacking()
    {
        foreach (int axis in (int[])[0, 1, -1])
        {
            Assert.Equal(X.ToArray<int>(), Tensor.Stack(X.Unstack(axis), axis).ToArray<int>());
        }

        Assert.Equal(new Shape(3, 2), Tensor.Stack(X.Unstack(1)).Shape);
    }

    [Fact]
    public void Joining_undoes_splitting()
    {
        foreach (Tensor[] pieces in (Tensor[][])[X.Split([1, 0, 2], 1), X.Split(2, -1), X.Chunk(2, 1), X.Chunk(7, 1)])
        {
            Assert.Equal(X.ToArray<int>(), Tensor.Concat(pieces, 1).ToArray<int>());
        }

        Assert.Equal([2, 1], X.Split(2, 1).Select(piece => piece.Shape[1]));
        Assert.Equal(3, X.Chunk(7, 1).Length);
    }

    [Fact]
    public void Joined_tensors_promote()
    {
        Tensor joined = Tensor.Concat([X, Tensor.Ones(new Shape(2, 1))], 1);
        Assert.Equal((new Shape(2, 4), DType.Float32), (joined.Shape, joined.DType));
        Assert.Equal([0f, 1f, 2f, 1f, 3f, 4f, 5f, 1f], joined.ToArray<float>());
    }

    [Fact]
    public void Rows_and_columns_stack_as_in_NumPy()
    {
        Assert.Equal(new Shape(4, 3), Tensor.VStack(X, X).Shape);
        Assert.Equal(new Shape(2, 3), Tensor.VStack(Tensor.Arange(3), Tensor.Arange(3)).Shape);
        Assert.Equal(new Shape(2, 6), Tensor.HStack(X, X).Shape);
        Assert.Equal([0, 1, 0, 1, 2], Tensor.HStack(Tensor.Arange(2), Tensor.Arange(3)).ToArray<int>());
    }

    [Fact]
    public void Broadcasting_gives_every_tensor_the_common_shape() =>
        Assert.All(Tensor.BroadcastTensors(X, Tensor.Arange(3), Tensor.Zeros(new Shape(4, 1, 1))), tensor => Assert.Equal(new Shape(4, 2, 3), tensor.Shape));

    [Fact]
    public void What_does_not_join_is_refused_with_its_shapes()
    {
        Assert.Equal("Stack: tensor 1 is [3], the first is [2, 3]. Give tensors of one shape, or use Concat.",
            Assert.Throws<ShapeException>(() => Tensor.Stack([X, Tensor.Arange(3)])).Message);
        Assert.Equal("Split: pieces of [1, 1] are not the 3 positions of axis 1 of [2, 3]. Give extents ≥ 0 that add up to it.",
            Assert.Throws<ShapeException>(() => X.Split([1, 1], 1)).Message);
        Assert.StartsWith("Concat: no tensor is given", Assert.Throws<ShapeException>(() => Tensor.Concat([])).Message);
        Assert.Equal("Concat: operand 0 is [2, 3], operand 1 is [3, 2]: they do not join along axis 0. All other extents must be equal.",
            Assert.Throws<ShapeException>(() => Tensor.Concat([Tensor.Ones(new Shape(2, 3)), Tensor.Ones(new Shape(3, 2))])).Message);
        Assert.Equal("Concat: operand 0 is float32[2], operand 1 is int32[2]. Cast them to one dtype first.",
            Assert.Throws<DTypeException>(() => Op.Concat([Tensor.Ones(new Shape(2)).Node, Tensor.Arange(2).Node], 0)).Message);
        Assert.StartsWith("Chunk: 0 pieces", Assert.Throws<ShapeException>(() => X.Chunk(0)).Message);
    }
}
