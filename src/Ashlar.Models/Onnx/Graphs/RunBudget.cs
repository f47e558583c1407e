using System.Globalization;
using System.Runtime.CompilerServices;
using Ashlar.Ir;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>What a run may cost, and who may stop it.</summary>
/// <param name="mostOperations">Operations of all steps; null for any number.</param>
/// <param name="mostBytes">Bytes of one value; null for any number.</param>
/// <param name="cancellation">Stops the run between two steps.</param>
sealed class RunBudget(long? mostOperations, long? mostBytes, CancellationToken cancellation)
{
    // Holds no node alive: a long loop records many.
    readonly ConditionalWeakTable<Node, object> _counted = [];

    double _operations;

    /// <summary>Counts what a step recorded.</summary>
    /// <exception cref="OnnxException">It is more than the run may cost.</exception>
    /// <exception cref="OperationCanceledException">The run is to stop.</exception>
    public void Spend(ReadOnlySpan<OnnxValue?> results)
    {
        cancellation.ThrowIfCancellationRequested();
        _operations++;
        if (mostOperations is null && mostBytes is null)
        {
            return;
        }

        var roots = new List<Node>();
        foreach (OnnxValue? result in results)
        {
            if (result is OnnxTensor { Tensor: { DType.IsComplex: false, Node: { Value: null } root } })
            {
                roots.Add(root);
            }
        }

        foreach (Node node in roots.Count == 0 ? [] : GraphWalk.PostOrder([.. roots], node => node.Value is null && !_counted.TryGetValue(node, out _)))
        {
            if (node.Value is null && _counted.TryAdd(node, this))
            {
                Count(node);
            }
        }

        if (_operations > mostOperations)
        {
            throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"the run comes to more than {mostOperations} operations here. Load the model with more MostOperations if it is to be trusted."));
        }
    }

    void Count(Node node)
    {
        _operations += Math.Max(0, node.Primitive.Cost(node));
        long bytes = (long)node.Shape.Size * node.Type.ItemSize;
        if (bytes > mostBytes && node.Primitive.Lowering is not (Lowering.View or Lowering.Literal or Lowering.Source))
        {
            throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"a value {node.Type.Name}{node.Shape} takes {bytes} bytes, where one may take {mostBytes}. Load the model with more MostBytes if it is to be trusted."));
        }
    }
}
