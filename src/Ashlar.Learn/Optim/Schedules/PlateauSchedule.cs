using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>A rate that falls when a number, such as the loss of the validation data, gets no better. It has a state: save it with the optimizer's.</summary>
/// <remarks>A number is better if it passes the best by the threshold. After more than <see cref="Patience"/> numbers that are not, the rate is multiplied by the factor.</remarks>
public sealed class PlateauSchedule : IStateful
{
    // Falls that change less than this are none, as in PyTorch.
    const double LeastFall = 1e-8;

    double _best;
    long _waited;
    long _rests;

    /// <param name="start">The first rate.</param>
    /// <param name="maximize">Whether larger numbers are better.</param>
    public PlateauSchedule(double start, bool maximize = false)
    {
        (Rate, IsMaximizing) = (start, maximize);
        _best = maximize ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>The present rate.</summary>
    public double Rate { get; private set; }

    /// <summary>Whether larger numbers are better.</summary>
    public bool IsMaximizing { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Numbers in a row that may be no better.</summary>
    public long Patience { get; init; } = 10;

    /// <summary>By how much a better number passes the best: a share of it, or an amount if <see cref="IsAbsolute"/>.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Whether the threshold is an amount.</summary>
    public bool IsAbsolute { get; init; }

    /// <summary>Numbers after a fall that are not counted.</summary>
    public long Rest { get; init; }

    /// <summary>The least rate.</summary>
    public double Floor { get; init; }

    /// <summary>Takes in the newest number.</summary>
    /// <returns>The rate from now on.</returns>
    public double Observe(double metric)
    {
        _waited = IsBetter(metric) ? 0 : _waited + 1;
        _best = _waited == 0 ? metric : _best;
        if (_rests > 0)
        {
            _rests--;
            _waited = 0;
        }

        if (_waited > Patience)
        {
            double next = Math.Max(Rate * Factor, Floor);
            Rate = Rate - next > LeastFall ? next : Rate;
            (_rests, _waited) = (Rest, 0);
        }

        return Rate;
    }

    /// <summary>Everything that decides the next rate: <c>rate</c> and <c>best</c> as float64 [], <c>waited</c> and <c>rests</c> as int64 [].</summary>
    public IReadOnlyDictionary<string, Tensor> StateTensors() => new SortedDictionary<string, Tensor>(StringComparer.Ordinal)
    {
        ["rate"] = Tensor.From([Rate], []),
        ["best"] = Tensor.From([_best], []),
        ["waited"] = Tensor.From([_waited], []),
        ["rests"] = Tensor.From([_rests], []),
    };

    /// <summary>Takes a saved state.</summary>
    /// <exception cref="StateException">Names are missing, unexpected or mismatched; nothing is changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("PlateauSchedule.Load", StateTensors(), state);
        (Rate, _best) = (state["rate"].Item<double>(), state["best"].Item<double>());
        (_waited, _rests) = (state["waited"].Item<long>(), state["rests"].Item<long>());
    }

    bool IsBetter(double metric)
    {
        double margin = IsAbsolute ? Threshold : Threshold * _best;
        return IsMaximizing ? metric > _best + (double.IsFinite(margin) ? margin : 0) : metric < _best - (double.IsFinite(margin) ? margin : 0);
    }
}
