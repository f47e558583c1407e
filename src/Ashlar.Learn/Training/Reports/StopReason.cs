namespace Ashlar.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs or steps were taken.</summary>
    Finished,

    /// <summary>A callback or the program asked for it (<see cref="Trainer.Stop"/>).</summary>
    Stopped,

    /// <summary>The time was up.</summary>
    OutOfTime,

    /// <summary>The token was cancelled.</summary>
    Cancelled,
}
