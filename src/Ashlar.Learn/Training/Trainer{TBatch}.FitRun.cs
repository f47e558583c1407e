using System.Runtime.ExceptionServices;

namespace Ashlar.Training;

/// <content>One run of Fit.</content>
public sealed partial class Trainer<TBatch>
{
    /// <summary>From the first step of a run to its end.</summary>
    sealed class FitRun(Trainer<TBatch> trainer, BatchFeed<TBatch> feed, IEnumerable<TBatch>? validation, string? resume, CancellationToken cancellation)
    {
        readonly TrainerOptions _options = trainer.Options;
        readonly FitProgress _progress = trainer.Progress;
        readonly Callback[] _callbacks = [.. trainer.InOrder];
        readonly StepRun _step = new(trainer, feed);
        readonly long _begin = trainer.Time.GetTimestamp();
        readonly int? _lastEpoch = trainer.Options.FastRun is null ? trainer.Options.MaxEpochs : feed.Position.Epoch + 1;
        TimeSpan _stepping;

        long? Steps
        {
            get
            {
                long perEpoch = (feed.BatchCount + _options.Accumulate - 1) / _options.Accumulate;
                long? byEpochs = _lastEpoch is { } epochs ? epochs * perEpoch : null;
                return byEpochs is null || _options.MaxSteps < byEpochs ? _options.MaxSteps : byEpochs;
            }
        }

        double Seconds => trainer.Time.GetElapsedTime(_begin).TotalSeconds;

        public FitResult Run()
        {
            StopReason? reason = null;
            try
            {
                Begin();
                reason = Loop();
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                trainer.Undo.Run();
                feed.Settle();
                reason = StopReason.Cancelled;
            }
            catch (Exception e)
            {
                TakeBack(e);
                ExceptionDispatchInfo.Throw(e);
            }

            var result = new FitResult(
                reason ?? StopReason.Finished, feed.Position.Epoch, trainer.Step, _progress.Epochs == 0 ? null : _progress.EpochLoss, _progress.Values,
                Seconds, _stepping > TimeSpan.Zero ? _step.Examples / _stepping.TotalSeconds : 0);
            Each(callback => callback.OnFitEnd(trainer, result));
            trainer.Model.Eval();
            trainer.Events?.OnFitEnd(result);
            return result;
        }

        void Begin()
        {
            trainer.Model.Train();
            Each(callback => callback.OnFitStart(trainer));
            trainer.Events?.OnFitStart(new FitStart(trainer.Step, Steps, _lastEpoch, resume));
            if (trainer.Step == 0 && validation is not null && _options.SanityBatches > 0)
            {
                trainer.Measure(validation, _options.SanityBatches, cancellation);
            }

            if (_progress.IsPending)
            {
                Settle(isStep: false);
            }
        }

        StopReason Loop()
        {
            StopReason? reason = Reason();
            while (reason is null)
            {
                if (feed.Position.NextBatch == 0)
                {
                    Each(callback => callback.OnEpochStart(trainer));
                }

                using (IEnumerator<TBatch> batches = feed.Rest())
                {
                    do
                    {
                        long begin = trainer.Time.GetTimestamp();
                        StepReport report = _step.Take(batches);
                        _stepping += trainer.Time.GetElapsedTime(begin);
                        Report(report);
                        Settle(trainer.Optimizer.IsLastStepTaken);
                        reason = Reason();
                    }
                    while (reason is null && feed.Position.NextBatch > 0);
                }

                feed.Settle();
            }

            return reason.Value;
        }

        StopReason? Reason() =>
            trainer.IsStopping ? StopReason.Stopped
            : feed.Position.Epoch >= _lastEpoch || trainer.Step >= _options.MaxSteps ? StopReason.Finished
            : cancellation.IsCancellationRequested ? StopReason.Cancelled
            : trainer.Time.GetElapsedTime(_begin) >= _options.MaxTime ? StopReason.OutOfTime
            : null;

        void Report(StepReport step)
        {
            step = step with { Steps = Steps, StepSeconds = _stepping.TotalSeconds };
            Each(callback => callback.OnStep(trainer, step));
            trainer.Events?.OnStep(step);
        }

        // What belongs to a step beside its plan. A run that is stopped on the way makes up for it when it is resumed.
        void Settle(bool isStep)
        {
            bool ended = feed.Position.NextBatch == 0;
            int epoch = ended ? feed.Position.Epoch : feed.Position.Epoch + 1;
            bool byEpoch = ended && _options.ValidateEveryEpochs > 0 && (epoch % _options.ValidateEveryEpochs == 0 || _options.FastRun is not null);
            bool bySteps = isStep && _options.ValidateEverySteps is { } steps && trainer.Step % steps == 0;
            _progress.IsPending = true;
            if (validation is not null && (byEpoch || bySteps))
            {
                Validate(validation, epoch);
            }

            if (ended)
            {
                EndEpoch(epoch);
            }

            _progress.IsPending = false;
            Each(callback => callback.OnSettled(trainer));
        }

        void Validate(IEnumerable<TBatch> data, int epoch)
        {
            long begin = trainer.Time.GetTimestamp();
            _progress.Values = trainer.Measure(data, _options.FastRun ?? _options.ValidationBatches, cancellation);
            trainer.Plateau?.Observe(trainer.ValueOf(trainer.PlateauMetric, "Trainer"));
            var report = new ValidationReport(epoch, trainer.Step, _progress.Values, trainer.Time.GetElapsedTime(begin).TotalSeconds);
            Each(callback => callback.OnValidation(trainer, report));
            trainer.Events?.OnValidation(report);
        }

        void EndEpoch(int epoch)
        {
            (_progress.Epochs, _progress.EpochLoss) = (_progress.Epochs + 1, _progress.LossSum / _progress.Examples);
            var values = new OrderedDictionary<string, double>();
            foreach ((string name, Metrics.Metric metric) in trainer.TrainingMetrics)
            {
                values[name] = metric.Value;
                metric.Reset();
            }

            var report = new EpochReport(epoch, _lastEpoch, trainer.Step, _progress.EpochLoss, values, _progress.Values, Seconds);
            (_progress.LossSum, _progress.Examples) = (0, 0);
            Each(callback => callback.OnEpoch(trainer, report));
            trainer.Events?.OnEpoch(report);
        }

        void TakeBack(Exception exception)
        {
            trainer.Undo.Run();
            feed.Settle();
            try
            {
                Each(callback => callback.OnException(trainer, exception));
            }
            catch (Exception second)
            {
                throw new AggregateException($"Trainer.Fit: {exception.Message} And while callbacks were told of it: {second.Message}", exception, second);
            }
        }

        void Each(Action<Callback> act)
        {
            foreach (Callback callback in _callbacks)
            {
                act(callback);
            }
        }
    }
}
