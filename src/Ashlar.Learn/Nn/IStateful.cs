namespace Ashlar.Nn;

/// <summary>Has a state that decides what it does next: a model, an optimizer, a mean of weights, a metric, a callback.</summary>
public interface IStateful
{
    /// <summary>The whole state by name; empty where there is none. Copies.</summary>
    IReadOnlyDictionary<string, Tensor> StateTensors();

    /// <summary>Takes a saved state.</summary>
    /// <exception cref="StateException">It does not fit; all differences are listed and nothing is changed.</exception>
    void Load(IReadOnlyDictionary<string, Tensor> state);

    /// <summary>Why <see cref="Load"/> would refuse a state, each reason a text such as <c>missing 'weight'</c>; empty if it fits. By default names, shapes and dtypes must be those of <see cref="StateTensors"/>.</summary>
    IReadOnlyList<string> Differences(IReadOnlyDictionary<string, Tensor> state) => StateCheck.Differences(StateTensors(), state);
}
