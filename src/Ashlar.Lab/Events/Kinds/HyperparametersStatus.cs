namespace Ashlar.Lab.Events;

/// <summary>How a session ended. The numbers are those of the file format.</summary>
public enum HyperparametersStatus
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>It finished.</summary>
    Success = 1,

    /// <summary>It failed.</summary>
    Failure = 2,

    /// <summary>It runs.</summary>
    Running = 3,
}
