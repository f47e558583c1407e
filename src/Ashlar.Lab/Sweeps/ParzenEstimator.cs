using Ashlar.Functions;

namespace Ashlar.Lab.Sweeps;

/// <summary>The density of one parameter's places, estimated from places that were tried (Bergstra et al. 2011, section 4.2).</summary>
/// <remarks>
/// An ordered parameter: normal distributions cut to [0, 1] about each place and one, as wide as all, about the middle, with equal weights; each as wide as the greater of the distances to its neighbours, within limits.
/// A choice: how often each value was tried, and once more.
/// </remarks>
sealed class ParzenEstimator
{
    const double Widest = 1;

    readonly SweepParameter _parameter;
    readonly Normal[] _kernels = [];
    readonly double[] _weights = [];

    /// <param name="parameter">Whose places.</param>
    /// <param name="places">That were tried.</param>
    public ParzenEstimator(SweepParameter parameter, IReadOnlyCollection<double> places)
    {
        _parameter = parameter;
        if (parameter.IsChoice)
        {
            _weights = new double[parameter.Count!.Value];
            Array.Fill(_weights, 1.0 / (places.Count + _weights.Length));
            foreach (double place in places)
            {
                _weights[parameter.LevelAt(place, _weights.Length)] += 1.0 / (places.Count + _weights.Length);
            }

            return;
        }

        double[] centres = [.. places.Append(0.5).Order()];
        int prior = Array.IndexOf(centres, 0.5);
        double narrowest = Widest / Math.Min(100, centres.Length + 1);
        _kernels = [.. centres.Select((centre, i) => new Normal(centre, i == prior ? Widest : Math.Clamp(Width(centres, i), narrowest, Widest)))];
    }

    /// <summary>The logarithm of the density at a place.</summary>
    public double LogDensity(double place)
    {
        if (_parameter.IsChoice)
        {
            return ElementaryFunctions.Log(_weights[_parameter.LevelAt(place, _weights.Length)]);
        }

        double[] logs = [.. _kernels.Select(kernel => kernel.LogDensity(place))];
        double greatest = logs.Max();
        double sum = 0;
        foreach (double log in logs)
        {
            sum += ElementaryFunctions.Exp(log - greatest);
        }

        return greatest + ElementaryFunctions.Log(sum / logs.Length);
    }

    /// <summary>Draws a place; of a parameter with levels the middle of one.</summary>
    public double Draw(ref RandomWords words)
    {
        if (_parameter.IsChoice)
        {
            double share = Uniform.Next(ref words);
            int level = 0;
            for (; level < _weights.Length - 1 && share >= _weights[level]; level++)
            {
                share -= _weights[level];
            }

            return (level + 0.5) / _weights.Length;
        }

        Normal kernel = _kernels[words.Below((uint)_kernels.Length)];
        return _parameter.Centre(kernel.Quantile(Uniform.Next(ref words)));
    }

    // An outermost place has one neighbour: counting the distance to the bound, too, would widen the estimate where good places lie close to each other.
    static double Width(double[] centres, int i) => centres.Length == 1 ? Widest
        : Math.Max(i == 0 ? 0 : centres[i] - centres[i - 1], i == centres.Length - 1 ? 0 : centres[i + 1] - centres[i]);
}
