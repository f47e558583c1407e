using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <content>What decides the next step beside the parameters.</content>
public abstract partial class Optimizer
{
    readonly List<(Parameter? Parameter, string Name, Variable State)> _states = [];

    /// <summary>Everything that decides the next step beside the parameters, by name in ordinal order: the moments under <c>parameter.moment</c>, <c>steps</c> as int64 [], <c>learning_rate</c> as float64 [], <c>learning_rate_factors</c> and <c>weight_decays</c> of the groups as float64 [groups]. Copies.</summary>
    /// <exception cref="StateException">Two parameters have one name.</exception>
    /// <exception cref="InvalidOperationException">Gradients are accumulated and wait for a step.</exception>
    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        if (AccumulatedBatches > 0)
        {
            throw new InvalidOperationException($"{GetType().Name}.StateTensors: gradients of {AccumulatedBatches} losses wait for a step. Take it first, then save.");
        }

        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["steps"] = Tensor.From([Steps], []),
            ["learning_rate"] = Tensor.From([LearningRate], []),
            ["learning_rate_factors"] = Tensor.From([.. _groups.Select(group => group.LearningRateFactor)], _groups.Count),
            ["weight_decays"] = Tensor.From([.. _groups.Select(group => group.WeightDecay)], _groups.Count),
        };
        foreach ((string name, Variable variable) in NamedStates())
        {
            if (!state.TryAdd(name, Module.Copy(new Tensor(variable.Leaf))))
            {
                throw new StateException($"{GetType().Name}.StateTensors: two parameters are named '{name[..name.LastIndexOf('.')]}'. Register both models with one module and train its parameters.");
            }
        }

        return state;
    }

    /// <summary>Takes a saved state: every name of <see cref="StateTensors"/> and no other, in its shape and dtype. The next step then has the bits of the one that would have followed the save.</summary>
    /// <exception cref="StateException">Names are missing, unexpected or mismatched; all are listed and nothing is changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits($"{GetType().Name}.Load", StateTensors(), state);
        foreach ((string name, Variable variable) in NamedStates())
        {
            Evaluator.Assign([], [new Assignment(variable, state[name].Node)]);
        }

        Steps = state["steps"].Item<long>();
        LearningRate = state["learning_rate"].Item<double>();
        double[] factors = state["learning_rate_factors"].ToArray<double>();
        double[] decays = state["weight_decays"].ToArray<double>();
        for (int i = 0; i < _groups.Count; i++)
        {
            (_groups[i].LearningRateFactor, _groups[i].WeightDecay) = (factors[i], decays[i]);
        }
    }

    /// <summary>One further state tensor of its shape for each parameter.</summary>
    /// <param name="moment">Its name in the state, behind the parameter's.</param>
    /// <param name="initial">Its elements at first.</param>
    protected Variable[] StateOf(string moment, double initial = 0) => [.. _parameters.Select((parameter, i) => StateOf(i, moment, parameter.Shape, initial))];

    /// <summary>One further state tensor for one parameter.</summary>
    /// <param name="index">The parameter's place in <see cref="Parameters"/>.</param>
    /// <param name="moment">Its name in the state, behind the parameter's.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="initial">Its elements at first.</param>
    protected Variable StateOf(int index, string moment, Shape shape, double initial = 0)
    {
        Variable state = Zeros(shape, _parameters[index].DType, $"{_parameters[index].FullName}.{moment}", initial);
        _states.Add((_parameters[index], moment, state));
        return state;
    }

    /// <summary>A state tensor that belongs to all parameters together, 0 at first.</summary>
    private protected Variable StateOf(string name, Shape shape, DType type)
    {
        Variable state = Zeros(shape, type, name);
        _states.Add((null, name, state));
        return state;
    }

    /// <summary>Checks the share of an old value that is kept, 0 ≤ share &lt; 1.</summary>
    private protected double Share(double value, string name, double usual) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{GetType().Name}: {name} = {value} lies outside 0 ≤ {name} < 1. The usual one is {usual}."));

    static Variable Zeros(Shape shape, DType type, string name, double initial = 0)
    {
        var variable = new Variable(shape, type, name, snapshots: false);
        Evaluator.Assign([], [new Assignment(variable, Tensor.Full(shape, initial, type).Node)]);
        return variable;
    }

    IEnumerable<(string Name, Variable State)> NamedStates() =>
        _states.Select(state => (state.Parameter is { } parameter ? $"{parameter.FullName}.{state.Name}" : state.Name, state.State));
}
