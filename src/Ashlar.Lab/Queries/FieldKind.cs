namespace Ashlar.Lab.Queries;

/// <summary>Which part of a run a <see cref="Field"/> looks at.</summary>
public enum FieldKind
{
    /// <summary>The run's id.</summary>
    Id,

    /// <summary>The run's name.</summary>
    Name,

    /// <summary>The run's experiment.</summary>
    Experiment,

    /// <summary><c>running</c>, <c>finished</c>, <c>failed</c> or <c>interrupted</c>.</summary>
    State,

    /// <summary>When it began.</summary>
    Start,

    /// <summary>When it ended; missing while it runs.</summary>
    End,

    /// <summary>The sweep it is a trial of.</summary>
    Sweep,

    /// <summary>The run it comes from.</summary>
    Parent,

    /// <summary>The SHA-256 of its final weights.</summary>
    Weights,

    /// <summary>A tag by its key.</summary>
    Tag,

    /// <summary>A value of the configuration by its name.</summary>
    Parameter,

    /// <summary>The last value of a metric by its name.</summary>
    Metric,

    /// <summary>The smallest value of a metric by its name.</summary>
    MetricMinimum,

    /// <summary>The largest value of a metric by its name.</summary>
    MetricMaximum,
}
