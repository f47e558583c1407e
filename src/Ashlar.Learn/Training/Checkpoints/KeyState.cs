using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>The keys of a model's modules as a part of a checkpoint.</summary>
/// <param name="model">The outermost module.</param>
sealed class KeyState(Module model) : IStateful
{
    public IReadOnlyDictionary<string, Tensor> StateTensors() => new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["modules"] = model.KeyTensor };

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        StateCheck.Fits("TrainingCheckpoint.Load", StateTensors(), state);
        model.KeyTensor = state["modules"];
    }
}
