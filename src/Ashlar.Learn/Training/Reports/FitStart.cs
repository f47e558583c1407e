namespace Ashlar.Training;

/// <summary>A run of <see cref="Trainer{TBatch}.Fit"/> begins.</summary>
/// <param name="Step">Steps taken before: above 0 where it goes on.</param>
/// <param name="Steps">Steps of the whole training, or null where only time ends it.</param>
/// <param name="Epochs">Epochs of the whole training, or null where something else ends it.</param>
/// <param name="ResumedFrom">The checkpoint, or null.</param>
public sealed record FitStart(long Step, long? Steps, int? Epochs, string? ResumedFrom);
