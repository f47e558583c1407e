using Ashlar.Lab.Queries;

namespace Ashlar.Lab.Reproduction;

/// <summary>Where the run ran and where it was repeated. Only the version of the numerics may change a bit.</summary>
static class EnvironmentComparison
{
    public static IEnumerable<VerdictRow> Rows(RunRecord recorded, RunRecord reproduced)
    {
        foreach (ComparisonRow row in RunComparison.Environment([recorded, reproduced]))
        {
            string was = row.Values[0].AsText() ?? "", now = row.Values[1].AsText() ?? "";
            if (row.Name == "numerics")
            {
                yield return row.Differs ? VerdictRow.Differs("numerics version", was, now, "other numerics give other bits") : VerdictRow.Equal("numerics version", was);
            }
            else if (row.Differs)
            {
                yield return new VerdictRow($"environment: {row.Name}", was, now, "must not change a result", Verdict.Immaterial);
            }
        }
    }
}
