using Ashlar.Data.Loading;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Where a loader stands as a part of a checkpoint: <c>epoch</c> and <c>next_batch</c>, int64 [].</summary>
/// <param name="read">Gives the position.</param>
/// <param name="write">Takes it.</param>
sealed class LoaderPosition(Func<LoaderState> read, Action<LoaderState> write) : IStateful
{
    public IReadOnlyDictionary<string, Tensor> StateTensors()
    {
        LoaderState state = read();
        return new Dictionary<string, Tensor>(StringComparer.Ordinal)
        {
            ["epoch"] = Tensor.From([(long)state.Epoch], []),
            ["next_batch"] = Tensor.From([(long)state.NextBatch], []),
        };
    }

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("TrainingCheckpoint.Load", StateTensors(), state);
        write(new LoaderState(checked((int)state["epoch"].Item<long>()), checked((int)state["next_batch"].Item<long>())));
    }
}
