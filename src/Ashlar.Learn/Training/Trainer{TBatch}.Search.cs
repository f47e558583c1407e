using Ashlar.Data.Loading;
using Ashlar.Functions;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <content>Trying settings out. Model and optimizer are as before afterwards, bit for bit.</content>
public sealed partial class Trainer<TBatch>
{
    const double Forgetting = 0.98;
    const double Diverged = 4;

    /// <summary>Takes steps with a rate that rises by the same factor each time, until the loss is four times its best or no number.</summary>
    /// <param name="train">Gives the batches, from its first on; it stands where it stood afterwards.</param>
    /// <param name="lowest">The first rate, > 0.</param>
    /// <param name="highest">The last rate.</param>
    /// <param name="steps">Steps at most, ≥ 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Rates or steps lie outside.</exception>
    public LearningRateSearch FindLearningRate(DataLoader<TBatch> train, double lowest = 1e-7, double highest = 1, int steps = 100)
    {
        if (!(lowest > 0 && highest > lowest && double.IsFinite(highest)) || steps < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(lowest), FormattableString.Invariant($"Trainer.FindLearningRate: rates from {lowest} to {highest} in {steps} steps cannot be tried. Give 0 < lowest < highest and two steps or more."));
        }

        LoaderState before = train.State;
        train.State = default;
        try
        {
            return Tried(() => Rise(Endless(train), lowest, highest, steps));
        }
        finally
        {
            train.State = before;
        }
    }

    /// <summary>Takes steps with batches of 2, 4, 8, … of the first examples, as long as twice the memory of the last trial fits.</summary>
    /// <param name="source">The training examples.</param>
    /// <param name="memory">Bytes that tensors may take; null for half of what the process may have.</param>
    /// <param name="largest">The largest batch size that is tried, ≥ 2.</param>
    /// <returns>One trial for each size. Memory tells what fits; the rate depends on the machine and what else it does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The largest size is below 2.</exception>
    public IReadOnlyList<BatchSizeTrial> FindBatchSize(IBatchSource<TBatch> source, long? memory = null, int largest = 1 << 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, 2);
        long limit = memory ?? (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        return Tried(() =>
        {
            var trials = new List<BatchSizeTrial>();
            for (long size = 2; size <= Math.Min(largest, source.Count) && (trials.Count == 0 || 2 * trials[^1].Bytes <= limit); size *= 2)
            {
                TBatch batch = source.Take([.. Enumerable.Range(0, (int)size)]);

                // The first step builds the plan.
                Learn(batch);
                long begin = Time.GetTimestamp();
                Learn(batch);
                trials.Add(new BatchSizeTrial((int)size, size / Math.Max(Time.GetElapsedTime(begin).TotalSeconds, double.Epsilon), Diagnostics.StorageBytes));
            }

            return trials;
        });
    }

    LearningRateSearch Rise(IEnumerable<TBatch> batches, double lowest, double highest, int steps)
    {
        (List<double> rates, List<double> losses) = ([], []);
        (double mean, double kept, double best) = (0, 1, double.PositiveInfinity);
        foreach (TBatch batch in batches.Take(steps))
        {
            Optimizer.LearningRate = lowest * ElementaryFunctions.Pow(highest / lowest, (double)rates.Count / (steps - 1));
            (mean, kept) = ((Forgetting * mean) + ((1 - Forgetting) * Learn(batch)), kept * Forgetting);
            double loss = mean / (1 - kept);
            if (!double.IsFinite(loss) || loss > Diverged * best)
            {
                break;
            }

            best = Math.Min(best, loss);
            rates.Add(Optimizer.LearningRate);
            losses.Add(loss);
        }

        return new LearningRateSearch(rates, losses);
    }

    double Learn(TBatch batch) => Number(Optimizer.Step(() => _loss(_predict(batch), batch)));

    T Tried<T>(Func<T> trial)
    {
        var everything = new TrainingCheckpoint(Model, Optimizer);
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> before = everything.Capture();
        (Module Module, bool IsTraining)[] modes = [.. Model.NamedModules().Select(module => (module.Module, module.Module.IsTraining))];
        try
        {
            Model.Train();
            return trial();
        }
        finally
        {
            everything.Return(before);
            foreach ((Module module, bool training) in modes)
            {
                module.Restore(training);
            }
        }
    }

    static IEnumerable<TBatch> Endless(DataLoader<TBatch> loader)
    {
        while (true)
        {
            foreach (TBatch batch in loader)
            {
                yield return batch;
            }
        }
    }
}
