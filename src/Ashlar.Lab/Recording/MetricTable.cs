namespace Ashlar.Lab;

/// <summary>The summaries of all metrics of a run. Any thread may add.</summary>
sealed class MetricTable
{
    readonly Dictionary<string, MetricSummary> _metrics = new(StringComparer.Ordinal);
    readonly Lock _gate = new();
    bool _changed;

    public void Add(string name, double value, long step)
    {
        lock (_gate)
        {
            ref MetricSummary summary = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_metrics, name, out bool exists);
            summary = exists ? summary.With(value, step) : MetricSummary.Of(value, step);
            _changed = true;
        }
    }

    /// <summary>Begins with what is known of an earlier process.</summary>
    public void Begin(IReadOnlyDictionary<string, MetricSummary> metrics)
    {
        lock (_gate)
        {
            foreach ((string name, MetricSummary summary) in metrics)
            {
                _metrics[name] = summary;
            }
        }
    }

    /// <summary>Reckons all anew.</summary>
    public void Reckon(IEnumerable<(string Name, double Value, long Step)> points)
    {
        lock (_gate)
        {
            _metrics.Clear();
        }

        foreach ((string name, double value, long step) in points)
        {
            Add(name, value, step);
        }
    }

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _metrics.Count == 0;
            }
        }
    }

    /// <summary>The summaries, if something was added since the last call.</summary>
    public IReadOnlyDictionary<string, MetricSummary>? TakeIfChanged()
    {
        lock (_gate)
        {
            (bool changed, _changed) = (_changed, false);
            return changed ? Sorted() : null;
        }
    }

    public IReadOnlyDictionary<string, MetricSummary> Take()
    {
        lock (_gate)
        {
            return Sorted();
        }
    }

    SortedDictionary<string, MetricSummary> Sorted() => new(_metrics, StringComparer.Ordinal);
}
