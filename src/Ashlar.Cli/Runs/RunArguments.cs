using System.CommandLine;
using Ashlar.Lab;

namespace Ashlar.Cli.Runs;

/// <summary>Arguments that name runs.</summary>
static class RunArguments
{
    const string Forms = "its id or the beginning of it, @last, @best:METRIC for the greatest last value, or @best:-METRIC for the least";

    public static Argument<string> One() => new("RUN") { Description = $"A run: {Forms}." };

    public static Argument<string[]> Several(ArgumentArity arity) => new("RUN") { Description = $"Runs, each {Forms}.", Arity = arity };

    /// <summary>Each run once, in the order in which they were named.</summary>
    public static IReadOnlyList<RunRecord> Find(LabFolder lab, IEnumerable<string> references) => [.. references.Select(lab.Find).DistinctBy(run => run.Id)];
}
