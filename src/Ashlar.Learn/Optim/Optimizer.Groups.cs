using Ashlar.Nn;

namespace Ashlar.Optim;

/// <content>Groups of parameters with numbers of their own.</content>
public abstract partial class Optimizer
{
    readonly List<ParameterGroup> _groups;
    readonly int[] _groupOf;

    /// <summary>The groups; the first holds what no other took.</summary>
    public IReadOnlyList<ParameterGroup> Groups => _groups;

    /// <summary>Puts parameters into a group of their own, whose learning rate factor and weight decay may then be set: <c>optimizer.Group(biases).WeightDecay = 0</c>.</summary>
    /// <param name="parameters">Some of <see cref="Parameters"/>; they leave the groups they were in.</param>
    /// <returns>The new group, with the numbers of the first.</returns>
    /// <exception cref="ArgumentException">There is none, or one is not trained here.</exception>
    public ParameterGroup Group(IEnumerable<Parameter> parameters)
    {
        Parameter[] members = [.. parameters];
        int stranger = Array.FindIndex(members, member => !_parameters.Contains(member));
        if (members.Length == 0 || stranger >= 0)
        {
            throw new ArgumentException($"{GetType().Name}.Group: {(members.Length == 0 ? "no parameters are given" : $"parameter '{members[stranger].FullName}' is not trained here")}. Give some of the optimizer's Parameters.", nameof(parameters));
        }

        var group = new ParameterGroup(members, _groups[0].LearningRateFactor, _groups[0].WeightDecay);
        foreach (ParameterGroup other in _groups)
        {
            other.Remove(members);
        }

        _groups.Add(group);
        foreach (Parameter member in members)
        {
            _groupOf[Array.IndexOf(_parameters, member)] = _groups.Count - 1;
        }

        return group;
    }

    /// <summary>The learning rate of a parameter: the common one times its group's factor.</summary>
    protected double RateOf(int index) => LearningRate * _groups[_groupOf[index]].LearningRateFactor;

    /// <summary>The weight decay of a parameter's group.</summary>
    protected double DecayOf(int index) => _groups[_groupOf[index]].WeightDecay;

    /// <summary>g + decay · w: the gradient of the loss with a penalty of ½ · decay · |w|².</summary>
    protected Tensor Penalized(int index, Tensor value, Tensor gradient) => DecayOf(index) == 0 ? gradient : gradient + (value * DecayOf(index));

    /// <summary>w · (1 - rate · decay): decay beside the gradient, not through it.</summary>
    protected Tensor Decayed(int index, Tensor value) => value * (1 - (RateOf(index) * DecayOf(index)));
}
