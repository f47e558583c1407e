using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>What a trainer itself has to remember: sums of the epoch under way, values of the last validation, and whether what belongs to the last step is still to be done.</summary>
sealed class FitProgress : IStateful
{
    const string ValuePrefix = "value.";

    /// <summary>Loss times examples, summed over the epoch.</summary>
    public double LossSum { get; set; }

    /// <summary>Examples of the epoch so far.</summary>
    public long Examples { get; set; }

    /// <summary>Epochs that are finished.</summary>
    public long Epochs { get; set; }

    /// <summary>Mean loss of the last finished epoch; 0 before the first.</summary>
    public double EpochLoss { get; set; }

    /// <summary>Whether validation and epoch's end of the last step are still to be done.</summary>
    public bool IsPending { get; set; }

    /// <summary>What the last validation gave.</summary>
    public IReadOnlyDictionary<string, double> Values { get; set; } = new OrderedDictionary<string, double>();

    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        Dictionary<string, Tensor> state = Fixed();
        foreach ((string name, double value) in Values)
        {
            state.Add(ValuePrefix + name, Tensor.From([value], []));
        }

        return state;
    }

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("Trainer.Load", Fixed(), Known(state));
        (LossSum, Examples, Epochs) = (state["loss_sum"].Item<double>(), state["examples"].Item<long>(), state["epochs"].Item<long>());
        (EpochLoss, IsPending) = (state["epoch_loss"].Item<double>(), state["pending"].Item<bool>());

        // The order of a report: the loss first.
        Values = new OrderedDictionary<string, double>(state.Where(pair => pair.Key.StartsWith(ValuePrefix, StringComparison.Ordinal))
            .OrderBy(pair => pair.Key != ValuePrefix + "loss").ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key[ValuePrefix.Length..], pair.Value.Item<double>())));
    }

    public IReadOnlyList<string> Differences(IReadOnlyDictionary<string, Tensor> state) => StateCheck.Differences(Fixed(), Known(state));

    // Values differ by whether there was a validation yet.
    static Dictionary<string, Tensor> Known(IReadOnlyDictionary<string, Tensor> state) =>
        state.Where(pair => !pair.Key.StartsWith(ValuePrefix, StringComparison.Ordinal) || pair.Value.DType != DType.Float64 || pair.Value.Rank > 0).ToDictionary(StringComparer.Ordinal);

    Dictionary<string, Tensor> Fixed() => new(StringComparer.Ordinal)
    {
        ["loss_sum"] = Tensor.From([LossSum], []),
        ["examples"] = Tensor.From([Examples], []),
        ["epochs"] = Tensor.From([Epochs], []),
        ["epoch_loss"] = Tensor.From([EpochLoss], []),
        ["pending"] = Tensor.From([IsPending], []),
    };
}
