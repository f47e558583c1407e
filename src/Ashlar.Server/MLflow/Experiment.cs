namespace Ashlar.Server.MLflow;

/// <summary>An experiment as clients see it: a number for a name that runs bear.</summary>
/// <param name="Id">Whole number as text; <c>0</c> is the usual one.</param>
/// <param name="Name">Of the experiment.</param>
/// <param name="IsDeleted">Whether it is in the bin.</param>
/// <param name="Created">Milliseconds since 1970.</param>
/// <param name="Updated">Milliseconds since 1970.</param>
/// <param name="Tags">Names with texts.</param>
/// <param name="DeletedRuns">Ids of the runs that went to the bin together with it.</param>
sealed record Experiment(string Id, string Name, bool IsDeleted, long Created, long Updated, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> DeletedRuns);
