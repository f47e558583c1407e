namespace Ashlar.Onnx;

/// <summary>How one test case went.</summary>
/// <param name="Case">Its folder or file, relative to the folder that was asked for.</param>
/// <param name="Outcome">passed, failed or skipped.</param>
/// <param name="Reason">Why it failed or was skipped; empty otherwise.</param>
/// <param name="Operators">The operators of its model.</param>
public sealed record OnnxCaseResult(string Case, string Outcome, string Reason, IReadOnlyList<string> Operators)
{
    /// <summary>Whether a failed case passes with 2e-6 of the largest wanted number in place of the absolute 1e-7, which is below float32's rounding beside large numbers.</summary>
    public bool IsNear { get; init; }
}
