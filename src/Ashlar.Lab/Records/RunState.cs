namespace Ashlar.Lab;

/// <summary>How far a run has come. In files: the name in lower case.</summary>
public enum RunState
{
    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>An exception or an exit code other than 0 ended it.</summary>
    Failed,

    /// <summary>It was told to stop, or its process is gone without a word.</summary>
    Interrupted,
}
