namespace Ashlar.Lab.Reproduction;

/// <summary>One claim of a run beside what came out this time.</summary>
/// <param name="Claim">What is claimed, such as <c>weights</c> or <c>metric accuracy</c>.</param>
/// <param name="Recorded">What the record says; empty where it says nothing.</param>
/// <param name="Reproduced">What came out; empty where nothing did.</param>
/// <param name="Difference">What differs and where, or why it was not found out; empty for equal ones.</param>
/// <param name="Verdict">What became of it.</param>
public sealed record VerdictRow(string Claim, string Recorded, string Reproduced, string Difference, Verdict Verdict)
{
    /// <summary>The verdict as reports write it.</summary>
    public string Word => Verdict switch
    {
        Verdict.Equal => "equal",
        Verdict.Differs => "differs",
        Verdict.Failed => "failed",
        Verdict.Unchecked => "not checked",
        _ => "no matter",
    };

    internal static VerdictRow Equal(string claim, string both) => new(claim, both, both, "", Verdict.Equal);

    internal static VerdictRow Differs(string claim, string recorded, string reproduced, string difference) => new(claim, recorded, reproduced, difference, Verdict.Differs);

    internal static VerdictRow Failed(string claim, string recorded, string why) => new(claim, recorded, "", why, Verdict.Failed);

    internal static VerdictRow Unchecked(string claim, string recorded, string why) => new(claim, recorded, "", why, Verdict.Unchecked);
}
