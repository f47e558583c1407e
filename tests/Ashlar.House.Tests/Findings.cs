namespace Ashlar.House.Tests;

/// <summary>Reports every fault at once instead of the first.</summary>
static class Findings
{
    /// <param name="rule">What is asked, in one sentence.</param>
    /// <param name="found">One line for each place that breaks it.</param>
    public static void None(string rule, IEnumerable<string> found)
    {
        string[] lines = [.. found.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, $"{rule}\n  {string.Join("\n  ", lines)}");
    }
}
