using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <summary>Arguments of a function while it is recorded for a derivative: the same values as nodes of their own, through which no history is seen.</summary>
sealed class Watch
{
    readonly Node[] _sources;

    public Watch(ReadOnlySpan<Tensor> arguments)
    {
        _sources = [.. arguments.ToArray().Select(argument => argument.Recorded)];
        Nodes = Array.ConvertAll(_sources, Op.Barrier);
        Tensors = [.. arguments.ToArray().Zip(Nodes, (argument, node) => argument.Like(node))];
    }

    /// <summary>The watched nodes.</summary>
    public Node[] Nodes { get; }

    /// <summary>The watched arguments.</summary>
    public Tensor[] Tensors { get; }

    /// <summary>Takes the watched values out again, so that what is returned keeps no history but that of the arguments.</summary>
    public Tensor[] Out(params ReadOnlySpan<Node> results) => Array.ConvertAll(Rewrite.Redirect(results, Nodes, _sources), node => new Tensor(node));
}
