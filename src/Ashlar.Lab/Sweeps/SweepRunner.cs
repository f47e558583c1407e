namespace Ashlar.Lab.Sweeps;

/// <summary>Runs the trials of a sweep on several workers until all are over. What is over already, of an earlier process, is not run again.</summary>
/// <param name="folder">Keeps what comes out.</param>
/// <param name="search">Says which trials there are.</param>
/// <param name="run">Runs one trial, on a thread of its own; null when it was interrupted.</param>
public sealed class SweepRunner(SweepFolder folder, SweepSearch search, Func<SweepTrial, SweepOutcome?> run)
{
    // A program that fails on its first settings fails on most others for the same reason.
    const int Patience = 3;

    /// <summary>Called when a trial is over; from the thread of <see cref="Run"/>.</summary>
    public Action<SweepTrial, SweepOutcome>? Over { get; init; }

    /// <summary>Runs all trials.</summary>
    /// <param name="workers">How many run at a time, ≥ 1. It changes no result.</param>
    /// <param name="cancellation">No trial is begun any more; those under way are waited for.</param>
    /// <returns>Whether all trials are over.</returns>
    /// <exception cref="SweepException">The first three trials failed. What a trial throws comes out, too, when those beside it are over.</exception>
    public bool Run(int workers, CancellationToken cancellation)
    {
        var busy = new Dictionary<Task<SweepOutcome?>, SweepTrial>();
        var begun = new HashSet<int>(folder.Outcomes.Keys);
        Exception? fault = null;
        bool isCut = false;
        while (true)
        {
            search.Extend(folder.Results());
            fault ??= Hopeless();
            bool mayBegin = !isCut && fault is null && !cancellation.IsCancellationRequested;
            foreach (SweepTrial trial in search.Trials.Where(trial => !begun.Contains(trial.Number)).Take(mayBegin ? workers - busy.Count : 0).ToArray())
            {
                begun.Add(trial.Number);
                busy.Add(Task.Factory.StartNew(() => run(trial), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), trial);
            }

            if (busy.Count == 0)
            {
                return fault is null ? folder.Outcomes.Count >= search.Total : throw fault;
            }

            Task<SweepOutcome?> ended = busy.Keys.ElementAt(Task.WaitAny([.. busy.Keys], CancellationToken.None));
            SweepTrial over = busy[ended];
            busy.Remove(ended);
            if (ended.IsFaulted)
            {
                fault ??= ended.Exception.InnerException;
            }
            else if (ended.Result is { } outcome)
            {
                folder.Add(over.Number, outcome);
                Over?.Invoke(over, outcome);
            }
            else
            {
                isCut = true;
            }
        }
    }

    SweepException? Hopeless() =>
        Enumerable.Range(0, Patience).All(trial => folder.Outcomes.TryGetValue(trial, out SweepOutcome? outcome) && outcome.State == RunState.Failed)
            ? new SweepException($"sweep {folder.Id}: the first {Patience} trials failed, so no more are begun. See why: ashlar runs show {folder.Outcomes[0].Run}")
            : null;
}
