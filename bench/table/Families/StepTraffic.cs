using System.Globalization;
using System.Text.RegularExpressions;

namespace Ashlar.Bench.Families;

/// <summary>Launches and bytes of a training step against the least: what its plan says of itself, nothing is measured.</summary>
static partial class StepTraffic
{
    const double MiB = 1 << 20;

    /// <summary>Prints a table in Markdown.</summary>
    public static void Print()
    {
        Console.WriteLine("| step | launches | kernels run | moved, MiB | least, MiB | ratio | arena, MiB | Gop |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach ((string name, string plan) in TrainingSteps.Plans())
        {
            long[] numbers = [.. Numbers().Match(plan).Groups.Values.Skip(1).Select(group => long.Parse(group.Value, CultureInfo.InvariantCulture))];
            (long launches, long arena, long kernels, long bytes, long least, long operations) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {launches} | {kernels} | {bytes / MiB:0.0} | {least / MiB:0.0} | {(double)bytes / least:0.0} | {arena / MiB:0.0} | {operations / 1e9:0.00} |"));
        }
    }

    [GeneratedRegex("plan: ([0-9]+) launches.* arena ([0-9]+) bytes\ntraffic: ([0-9]+) kernels move ([0-9]+) bytes, at least ([0-9]+) .*; ([0-9]+) operations")]
    private static partial Regex Numbers();
}
