using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>The runs of a model that were recorded, the latest used first.</summary>
/// <param name="program">The model.</param>
/// <param name="budget">What a run may cost; what costs more is not recorded.</param>
sealed class RecordedRuns(GraphProgram program, Func<RunBudget?> budget)
{
    // Each holds a plan, and constants computed for its shapes.
    const int Most = 16;

    readonly Lock _gate = new();
    readonly List<RecordedRun> _runs = [];
    bool _byNumbers;
    bool _isHopeless;

    /// <summary>The recorded run that fits, or null.</summary>
    /// <param name="given">One for each input of the model.</param>
    public RecordedRun? Find(OnnxValue?[] given)
    {
        if (!MayRecord(given))
        {
            return null;
        }

        lock (_gate)
        {
            for (int i = 0; i < _runs.Count; i++)
            {
                RecordedRun run = _runs[i];
                if (run.Fits(given))
                {
                    if (i > 0)
                    {
                        _runs.RemoveAt(i);
                        _runs.Insert(0, run);
                    }

                    return run;
                }
            }

            return null;
        }
    }

    /// <summary>Records a run for inputs like these, or gives null: values decide what the model does, it draws numbers, something of it is no tensor, or it fails.</summary>
    /// <param name="given">One for each input of the model, checked.</param>
    public RecordedRun? Record(OnnxValue?[] given)
    {
        if (!MayRecord(given))
        {
            return null;
        }

        lock (_gate)
        {
            bool done = !_byNumbers && RecordedRun.TryRecord(program, given, false, budget(), out RecordedRun? run) || RecordedRun.TryRecord(program, given, true, budget(), out run);
            if (!done)
            {
                return null;
            }

            _byNumbers |= run!.IsByNumbers;
            if (_runs.Count == Most)
            {
                _runs.RemoveAt(Most - 1);
            }

            _runs.Insert(0, run);
            return run;
        }
    }

    /// <summary>Tries no more: a run in the ordinary way did what could not be recorded.</summary>
    /// <param name="given">Its inputs.</param>
    public void GiveUp(OnnxValue?[] given) => Volatile.Write(ref _isHopeless, _isHopeless || MayRecord(given));

    bool MayRecord(OnnxValue?[] given) => !Volatile.Read(ref _isHopeless) && Array.TrueForAll(given, IsPlain);

    // Tensors through which no gradient runs.
    static bool IsPlain(OnnxValue? value) => value is null || (value is OnnxTensor tensor && !tensor.Tensor.DType.IsComplex && !tensor.Tensor.Node.IsTraced);
}
