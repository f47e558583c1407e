using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>A model in evaluation and with its mean weights, until it is disposed; then every module has its own mode again.</summary>
sealed class EvaluationScope : IDisposable
{
    readonly (Module Module, bool IsTraining)[] _modes;
    readonly WeightAverage? _average;

    public EvaluationScope(Module model, WeightAverage? average)
    {
        _modes = [.. model.NamedModules().Select(module => (module.Module, module.Module.IsTraining))];
        _average = average is { IsSwapped: false, Updates: > 0 } ? average : null;
        model.Eval();
        _average?.Swap();
    }

    public void Dispose()
    {
        _average?.Swap();
        foreach ((Module module, bool training) in _modes)
        {
            module.Restore(training);
        }
    }
}
