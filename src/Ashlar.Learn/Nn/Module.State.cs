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
            state.Add(name, Copy(parameter.Tensor));
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

    IEnumerable<(string Name, StateCounter Counter)> NamedCounters() =>
        NamedModules().SelectMany(module => module.Module._counters.Select(part => (Join(module.Name, part.Name), part.Part))).DistinctBy(pair => pair.Part);
}
