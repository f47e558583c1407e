namespace Ashlar.Nn;

/// <content>Saving and loading.</content>
public abstract partial class Module
{
    /// <summary>Everything that decides the module's next result, by name in ordinal order: parameters, buffers, and counters as int64 []. Copies, which later updates leave alone; pending updates of buffers are carried out.</summary>
    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, Parameter parameter) in NamedParameters())
        {
            state.Add(name, Copy(parameter.Master));
        }

        foreach ((string name, StateBuffer buffer) in NamedBuffers())
        {
            buffer.Settle();
            state.Add(name, Copy(buffer.Tensor));
        }

        foreach ((string name, StateCounter counter) in NamedCounters())
        {
            state.Add(name, Tensor.From(new[] { counter.Value }));
        }

        return state;
    }

    /// <summary>Takes a saved state: every name of <see cref="StateTensors"/> and no other, in its shape and dtype.</summary>
    /// <exception cref="StateException">Names are missing, unexpected or mismatched; all are listed and nothing is changed.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits($"{GetType().Name}.Load", StateTensors(), state);
        Take(state);
    }

    /// <summary>Takes what a saved state has of this module, such as all but the last layer of another model, and leaves the rest.</summary>
    /// <param name="state">Names with values; those that the module has must fit in shape and dtype.</param>
    /// <returns>Names that the state lacks, and names that the module lacks, each in ordinal order.</returns>
    /// <exception cref="StateException">A value has another shape or dtype; all are listed and nothing is changed.</exception>
    public (IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected) LoadMatching(IReadOnlyDictionary<string, Tensor> state)
    {
        IReadOnlyDictionary<string, Tensor> present = StateTensors();
        Dictionary<string, Tensor> common = state.Where(pair => present.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        string[] missing = [.. present.Keys.Where(name => !state.ContainsKey(name)).Order(StringComparer.Ordinal)];
        foreach (string name in missing)
        {
            common.Add(name, present[name]);
        }

        StateCheck.Fits($"{GetType().Name}.LoadMatching", present, common);
        Take(common);
        return (missing, [.. state.Keys.Where(name => !present.ContainsKey(name)).Order(StringComparer.Ordinal)]);
    }

    void Take(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach ((string name, Parameter parameter) in NamedParameters())
        {
            parameter.Set(state[name]);
        }

        foreach ((string name, StateBuffer buffer) in NamedBuffers())
        {
            buffer.Set(state[name]);
        }

        foreach ((string name, StateCounter counter) in NamedCounters())
        {
            counter.Value = state[name].Item<long>();
        }
    }

    internal static Tensor Copy(Tensor tensor) => Tensor.FromBytes(tensor.ToBytes(), tensor.DType, tensor.Shape);

    internal IEnumerable<(string Name, StateCounter Counter)> NamedCounters() =>
        NamedModules().SelectMany(module => module.Module._counters.Select(part => (Join(module.Name, part.Name), part.Part))).DistinctBy(pair => pair.Part);
}
