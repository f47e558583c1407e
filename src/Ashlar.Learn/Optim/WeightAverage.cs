using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <summary>A mean of parameters over steps, which often generalizes better than the last of them: update it after steps, and swap it in to evaluate.</summary>
/// <remarks>
/// Exponential: mean ← decay · mean + (1 - decay) · w (Polyak, Juditsky 1992). Stochastic: mean ← mean + (w - mean) / (n + 1) after n updates (Izmailov et al. 2018,
/// "Averaging weights leads to wider optima and better generalization"). Buffers such as running statistics are not averaged: after swapping in, let them see training data again.
/// </remarks>
public sealed class WeightAverage : IStateful
{
    readonly Parameter[] _parameters;
    readonly Variable[] _means;
    readonly double? _decay;

    WeightAverage(IReadOnlyList<Parameter> parameters, double? decay)
    {
        (_parameters, _decay) = ([.. parameters], decay);
        _means = [.. _parameters.Select(parameter => new Variable(parameter.Shape, parameter.DType, $"{parameter.FullName}.mean", snapshots: false))];
        Evaluator.Assign([], [.. _means.Select((mean, i) => new Assignment(mean, _parameters[i].Variable.Leaf))]);
    }

    /// <summary>Updates taken in.</summary>
    public long Updates { get; private set; }

    /// <summary>Whether the model has the means at present.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>A mean that forgets: it begins with the present values.</summary>
    /// <param name="parameters">What is averaged.</param>
    /// <param name="decay">Share of the mean that is kept, 0 ≤ decay &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay lies outside.</exception>
    public static WeightAverage Exponential(IReadOnlyList<Parameter> parameters, double decay = 0.999) => decay is >= 0 and < 1
        ? new WeightAverage(parameters, decay)
        : throw new ArgumentOutOfRangeException(nameof(decay), FormattableString.Invariant($"WeightAverage: the decay {decay} lies outside 0 ≤ decay < 1. The usual one is 0.999."));

    /// <summary>The mean of the values at the updates, each with the same weight.</summary>
    /// <param name="parameters">What is averaged.</param>
    public static WeightAverage Stochastic(IReadOnlyList<Parameter> parameters) => new(parameters, null);

    /// <summary>Takes the present values in.</summary>
    /// <exception cref="InvalidOperationException">The model has the means at present.</exception>
    public void Update()
    {
        if (IsSwapped)
        {
            throw new InvalidOperationException("WeightAverage.Update: the model has the means at present. Swap back first.");
        }

        double keep = _decay ?? (Updates / (Updates + 1.0));
        Evaluator.Assign([], [.. _means.Select((mean, i) => Next(mean, _parameters[i], keep))]);
        Updates++;
    }

    /// <summary>Exchanges the parameters and their means; a second time gives both back, bit for bit.</summary>
    public void Swap()
    {
        Evaluator.Assign([], [.. _means.SelectMany((mean, i) => new[] { new Assignment(mean, _parameters[i].Variable.Leaf), new Assignment(_parameters[i].Variable, mean.Leaf) })]);
        IsSwapped = !IsSwapped;
    }

    /// <summary>The means under <c>parameter.mean</c> and <c>updates</c> as int64 []. Copies.</summary>
    /// <exception cref="InvalidOperationException">The model has the means at present.</exception>
    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        if (IsSwapped)
        {
            throw new InvalidOperationException("WeightAverage.StateTensors: the model has the means at present. Swap back first.");
        }

        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal) { ["updates"] = Tensor.From([Updates], []) };
        for (int i = 0; i < _means.Length; i++)
        {
            state.Add($"{_parameters[i].FullName}.mean", Module.Copy(new Tensor(_means[i].Leaf)));
        }

        return state;
    }

    /// <summary>Takes a saved state.</summary>
    /// <exception cref="StateException">Names are missing, unexpected or mismatched; nothing is changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("WeightAverage.Load", StateTensors(), state);
        Evaluator.Assign([], [.. _means.Select((mean, i) => new Assignment(mean, state[$"{_parameters[i].FullName}.mean"].Node))]);
        Updates = state["updates"].Item<long>();
    }

    static Assignment Next(Variable mean, Parameter parameter, double keep) =>
        new(mean, ((new Tensor(mean.Leaf) * keep) + (parameter.Master * (1 - keep))).Node);
}
