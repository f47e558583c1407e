using Ashlar.Nn;

namespace Ashlar.Training;

/// <content>One step, and the search for what made a number that is none.</content>
public sealed partial class Trainer<TBatch>
{
    /// <summary>Takes steps of one run.</summary>
    sealed class StepRun(Trainer<TBatch> trainer, BatchFeed<TBatch> feed)
    {
        // The micro-batches of the step under way with their predictions, and their loss.
        readonly List<(TBatch Batch, Tensor Predictions)> _parts = [];
        long _steps;

        /// <summary>Examples of all steps so far.</summary>
        public long Examples { get; private set; }

        /// <summary>Takes one step.</summary>
        /// <param name="batches">Stands before the step's first batch.</param>
        public StepReport Take(IEnumerator<TBatch> batches)
        {
            int epoch = trainer.Epoch;
            int count = Math.Min(trainer.Options.Accumulate, feed.BatchCount - feed.Position.NextBatch);
            trainer.Undo.Note();
            SetRate();
            _parts.Clear();
            double sum = 0;
            for (int part = 0; part < count; part++)
            {
                if (!batches.MoveNext())
                {
                    throw new InvalidOperationException($"Trainer.Fit: the loader ended at batch {feed.Position.NextBatch + part} of {feed.BatchCount}. Give a loader whose number of batches does not change.");
                }

                sum += Number(Run(batches.Current, count, isLast: part == count - 1));
            }

            double loss = sum / count;
            CheckFinite(loss, count);
            Count(loss);
            feed.Advance(count);

            // The step stands: what fails from here on takes back no draw of it.
            trainer.Undo.Note();
            if (trainer.Optimizer.IsLastStepTaken)
            {
                trainer.Average?.Update();
            }

            double? norm = trainer.Optimizer.ClipNorm is null ? null : Number(trainer.Optimizer.GradientNorm!);
            return new StepReport(epoch, trainer.Step, null, loss, trainer.Optimizer.LearningRate, norm, ++_steps, Examples, 0);
        }

        void SetRate()
        {
            if (trainer.Schedule is not null || trainer.Plateau is not null)
            {
                trainer.Optimizer.LearningRate = (trainer.Schedule?.At(trainer.Step) ?? 1) * (trainer.Plateau?.Rate ?? 1);
            }
        }

        Tensor Run(TBatch batch, int count, bool isLast)
        {
            if (count == 1)
            {
                return trainer.Optimizer.Step(() =>
                {
                    // A line search asks for the loss of the same batch several times.
                    _parts.Clear();
                    return Loss(batch);
                });
            }

            Tensor loss = Loss(batch).Keep();
            if (isLast)
            {
                trainer.Optimizer.Step(loss / count);
            }
            else
            {
                trainer.Optimizer.Accumulate(loss / count);
            }

            return loss;
        }

        Tensor Loss(TBatch batch)
        {
            Tensor predictions = trainer._predict(batch);
            if (trainer.TrainingMetrics.Count > 0)
            {
                predictions.Keep();
            }

            _parts.Add((batch, predictions));
            return trainer._loss(predictions, batch);
        }

        void Count(double loss)
        {
            int examples = 0;
            foreach ((TBatch batch, Tensor predictions) in _parts)
            {
                examples += ExamplesOf(predictions);
                foreach (Metrics.Metric metric in trainer.TrainingMetrics.Values)
                {
                    metric.Update(predictions, trainer.Target!(batch));
                }
            }

            Examples += examples;
            trainer.Progress.LossSum += loss * examples;
            trainer.Progress.Examples += examples;
        }

        void CheckFinite(double loss, int count)
        {
            // Gradients that overflow are what a loss scale is for; a loss that does is not.
            bool gradients = trainer.Optimizer.IsLastStepTaken || trainer.Optimizer.LossScale is not null;
            if (trainer.Options.FindNaN == NaNSearch.None || (double.IsFinite(loss) && gradients))
            {
                return;
            }

            // Without the guard of NaNSearch.Gradients parameters have their old value still, moments have not.
            bool taken = trainer.Optimizer.IsLastStepTaken;
            trainer.IsSound = !taken;
            long step = trainer.Step + (taken ? 0 : 1);
            foreach (Parameter parameter in taken ? trainer.Optimizer.Parameters : [])
            {
                parameter.Variable.Revert();
            }

            string batches = count == 1 ? $"batch {feed.Position.NextBatch}" : $"batches {feed.Position.NextBatch} to {feed.Position.NextBatch + count - 1}";
            Find(FormattableString.Invariant($"Trainer.Fit: step {step} (epoch {trainer.Epoch}, {batches}): the {(double.IsFinite(loss) ? "gradient" : $"loss {loss}")} is not finite{(taken ? "" : " and nothing was changed")}."), double.IsInfinity(loss));
        }

        void Find(string place, bool isInfinite)
        {
            TBatch[] batches = [.. _parts.Select(part => part.Batch)];
            try
            {
                // A NaN comes first: infinities often stand in masks on purpose.
                Repeat(batches, infinities: isInfinite);
                Repeat(batches, infinities: !isInfinite);
            }
            catch (NumericsException e)
            {
                bool isOld = trainer.Optimizer.Parameters.Any(parameter => double.IsNaN(Number((parameter.Master.StopGradient() * 0).Sum())));
                throw new NumericsException(isOld ? $"{place} Weights were not finite before it: the step before made them so. Go on from a checkpoint with FindNaN = NaNSearch.Gradients to see the operation; the same steps follow." : $"{place} {e.Message}", e);
            }

            throw new NumericsException($"{place} Computed once more it is finite: the loss is not a function of model and batch alone. Look for chance or state outside of the model.");
        }

        // The same step from the same state, every operation for itself.
        void Repeat(TBatch[] batches, bool infinities)
        {
            trainer.Undo.Run();
            using IDisposable check = Numerics.Check(infinities);
            for (int part = 0; part < batches.Length; part++)
            {
                Run(batches[part], batches.Length, isLast: part == batches.Length - 1);
            }
        }
    }
}
