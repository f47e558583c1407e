using System.Runtime.CompilerServices;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Memory for time.</content>
public static partial class Transform
{
    /// <summary>The function <paramref name="f"/>, whose gradient computes again what it needs of the way instead of keeping it. The bits of value and gradient are those of f.</summary>
    /// <param name="f">A tensor in, a tensor out; parameters that it captures have their gradients as ever. It is recorded once, so chance inside it falls once.</param>
    /// <param name="policy">What is kept all the same; nothing by default.</param>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Checkpoint(Func<Tensor, Tensor> f, CheckpointPolicy? policy = null)
    {
        Func<Tensor[], Tensor> many = Checkpoint((Tensor[] xs) => f(xs[0]), policy);
        return x => many([x]);
    }

    /// <summary>The function <paramref name="f"/> of several tensors, whose gradient computes again what it needs of the way instead of keeping it.</summary>
    /// <param name="f">Tensors in, a tensor out; parameters that it captures have their gradients as ever.</param>
    /// <param name="policy">What is kept all the same; nothing by default.</param>
    public static Func<Tensor[], Tensor> Checkpoint(Func<Tensor[], Tensor> f, CheckpointPolicy? policy = null) => xs =>
    {
        Node[] arguments = [.. xs.Select(x => x.Node)];
        Node[] standIns = Array.ConvertAll(arguments, Op.Barrier);
        return new Tensor(RecomputeRule.Record(f(Tensors(standIns)).Node, standIns, arguments, (policy ?? CheckpointPolicy.SaveNothing).Keep));
    };

    /// <summary>The function <paramref name="f"/> of several tensors and with several results, whose gradient computes again what it needs of the way instead of keeping it: once for all results.</summary>
    /// <param name="f">Tensors in, tensors out; parameters that it captures have their gradients as ever.</param>
    /// <param name="policy">What is kept all the same; nothing by default.</param>
    public static Func<Tensor[], Tensor[]> Checkpoint(Func<Tensor[], Tensor[]> f, CheckpointPolicy? policy = null) => xs =>
    {
        Node[] arguments = [.. xs.Select(x => x.Node)];
        Node[] standIns = Array.ConvertAll(arguments, Op.Barrier);
        Tensor[] results = f(Tensors(standIns));
        Tensor[] floating = Array.FindAll(results, result => result.DType.IsFloating);
        Node[] plain = Rewrite.Replace(Array.ConvertAll(results, result => result.Node), standIns, arguments);
        if (floating.Length == 0)
        {
            return Tensors(plain);
        }

        Node packed = RecomputeRule.Record(new JointResults("Checkpoint", floating).Packed, standIns, arguments, (policy ?? CheckpointPolicy.SaveNothing).Keep);
        var joint = new JointResults("Checkpoint", Array.FindAll(Tensors(plain), result => result.DType.IsFloating));
        var ruled = new Queue<Tensor>(joint.Through(packed));
        return Array.ConvertAll(plain, node => node.Type.IsFloating ? ruled.Dequeue() : new Tensor(node));
    };
}
