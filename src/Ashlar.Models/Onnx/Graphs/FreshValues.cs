using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>What the steps of a run remember for later runs: computed with the run's results, not only when somebody reads it.</summary>
sealed class FreshValues
{
    readonly List<(Step Step, OnnxValue?[] Given, OnnxTensor Result)> _values = [];

    /// <summary>Takes what a step gave.</summary>
    /// <param name="step">The step.</param>
    /// <param name="given">Its inputs, for messages.</param>
    /// <param name="results">What it gave.</param>
    public void Add(Step step, OnnxValue?[] given, IEnumerable<OnnxTensor> results) => _values.AddRange(results.Select(result => (step, given, result)));

    /// <summary>Computes all of it in one plan, together with other values.</summary>
    /// <exception cref="OnnxException">One of it cannot be computed: its node is named.</exception>
    public void Compute(params IEnumerable<OnnxValue> with)
    {
        try
        {
            Frame.Compute(_values.Select(value => value.Result).Concat(with));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A plan knows nothing of nodes: one by one the first that fails is found.
            foreach ((Step step, OnnxValue?[] given, OnnxTensor result) in _values)
            {
                GraphProgram.ComputeNow(step, given, [result]);
            }

            throw;
        }
    }
}
