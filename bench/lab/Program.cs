using Ashlar.Bench.Core;
using Ashlar.Bench.Lab;

if (args is not ([] or ["--json", _]))
{
    Console.Error.WriteLine("bench/lab: takes nothing or --json FILE.");
    return 2;
}

var report = new Report();
report.Say(Machine.Describe());
Events.Measure(report);
report.Say($"load at the end {Machine.Load()}");
if (args is [_, var file])
{
    report.Save(file);
}

return 0;
