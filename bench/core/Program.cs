using Ashlar.Bench.Core;

if (args is [FirstSteps.ChildArgument])
{
    FirstSteps.RunChild();
    return 0;
}

if (args is not ([] or ["--json", _]))
{
    Console.Error.WriteLine("bench/core: takes nothing or --json FILE.");
    return 2;
}

var report = new Report();
report.Say(Machine.Describe());
KernelCompilation.Measure(report);
Recording.Measure(report);
PlanBuilding.Measure(report);
FirstSteps.Measure(report);
report.Say($"load at the end {Machine.Load()}");
if (args is [_, var file])
{
    report.Save(file);
}

return 0;
