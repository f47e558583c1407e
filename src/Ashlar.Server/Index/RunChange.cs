namespace Ashlar.Server.Index;

/// <summary>What happened to a run, for those who watch.</summary>
/// <param name="Id">The run.</param>
/// <param name="Kind"><c>new</c>, <c>changed</c>, <c>points</c>, <c>finished</c> or <c>removed</c>.</param>
readonly record struct RunChange(string Id, string Kind);
