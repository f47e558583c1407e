using Ashlar.Bench.Core;
using Ashlar.Bench.Studio;

(string Name, Func<Report, Task> Measure)[] parts = [("points", PointsIn.Measure), ("table", ManyRuns.Measure), ("series", LongSeries.Measure)];
string[] chosen = [.. args.TakeWhile(arg => arg != "--json")];
string? file = args.SkipWhile(arg => arg != "--json").Skip(1).FirstOrDefault();
if (chosen.Any(name => parts.All(part => part.Name != name)))
{
    Console.Error.WriteLine($"bench/studio: takes {string.Join(", ", parts.Select(part => part.Name))} and --json FILE.");
    return 2;
}

var report = new Report();
report.Say(Machine.Describe());
foreach ((string name, Func<Report, Task> measure) in parts)
{
    if (chosen.Length == 0 || chosen.Contains(name))
    {
        await measure(report);
    }
}

report.Say($"load at the end {Machine.Load()}");
if (file is not null)
{
    report.Save(file);
}

return 0;
