using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Overlapping pieces of a signal: frame f holds the n samples from f · hop.</summary>
/// <param name="N">Samples of a frame.</param>
/// <param name="Hop">Samples from one frame to the next.</param>
/// <param name="Count">Number of frames.</param>
readonly record struct Frames(int N, int Hop, int Count)
{
    /// <summary>Samples from the first to the last.</summary>
    public int Length => ((Count - 1) * Hop) + N;

    /// <summary>[..., length] → [..., count, n].</summary>
    public Tensor Cut(Tensor x)
    {
        Tensor picked = x.DType.IsComplex
            ? Tensor.Complex(x.Real.Gather(Places(x.Shape)), x.Imag.Gather(Places(x.Shape)))
            : x.Gather(Places(x.Shape));
        return picked.Reshape([.. x.Shape.Extents[..^1], Count, N]);
    }

    /// <summary>[..., count, n] → [..., length], overlaps added in the order of frames.</summary>
    public Tensor Add(Tensor frames)
    {
        if (frames.DType.IsComplex)
        {
            return Tensor.Complex(Add(frames.Real), Add(frames.Imag));
        }

        Tensor flat = frames.Reshape([.. frames.Shape.Extents[..^2], Count * N]);
        return new Tensor(Op.ScatterAdd(Places(flat.Shape).Node, flat.Node, Length));
    }

    Tensor Places(Shape shape)
    {
        var grid = new Shape(Count, N);
        Node starts = Op.Multiply(Op.Iota(grid, 0), Op.Number(DType.Int32, Hop));
        Node places = Op.Add(starts, Op.Iota(grid, 1));
        return new Tensor(Op.Reshape(places, [Count * N])).BroadcastTo(new Shape([.. shape.Extents[..^1], Count * N]));
    }
}
