using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Parameters of an optimizer with a learning rate and a weight decay of their own. Both may be set before every step; no plan is built for another number.</summary>
public sealed class ParameterGroup
{
    readonly List<Parameter> _parameters;

    internal ParameterGroup(IEnumerable<Parameter> parameters, double factor, double decay)
    {
        _parameters = [.. parameters];
        (LearningRateFactor, WeightDecay) = (factor, decay);
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The group's learning rate as a multiple of the optimizer's, ≥ 0, so that a schedule moves all groups; 1 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double LearningRateFactor
    {
        get;
        set => field = Checked(value, nameof(LearningRateFactor));
    }

    /// <summary>The decay of the weights, ≥ 0; the optimizer's documentation says how it acts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double WeightDecay
    {
        get;
        set => field = Checked(value, nameof(WeightDecay));
    }

    internal void Remove(Parameter[] members) => _parameters.RemoveAll(members.Contains);

    static double Checked(double value, string name) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"ParameterGroup: {name} {value} is no number ≥ 0. Give one such as 0.01."));
}
