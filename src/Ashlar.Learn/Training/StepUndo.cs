using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>Takes back what forward passes of a step that failed have left behind: draws that were counted, running statistics that wait, gradients that were gathered.</summary>
sealed class StepUndo
{
    readonly Optimizer _optimizer;
    readonly StateCounter[] _counters;
    readonly StateBuffer[] _buffers;
    readonly long[] _counts;

    public StepUndo(Module model, Optimizer optimizer)
    {
        _optimizer = optimizer;
        _counters = [.. model.NamedCounters().Select(pair => pair.Counter)];
        _buffers = [.. model.NamedBuffers().Select(pair => pair.Buffer)];
        _counts = new long[_counters.Length];
        Note();
    }

    /// <summary>A step begins.</summary>
    public void Note()
    {
        for (int i = 0; i < _counters.Length; i++)
        {
            _counts[i] = _counters[i].Value;
        }
    }

    /// <summary>Everything is as it was at <see cref="Note"/>, if no step was taken since.</summary>
    public void Run()
    {
        for (int i = 0; i < _counters.Length; i++)
        {
            _counters[i].Value = _counts[i];
        }

        foreach (StateBuffer buffer in _buffers)
        {
            buffer.Forget();
        }

        _optimizer.Discard();
    }
}
