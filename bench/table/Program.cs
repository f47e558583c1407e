using Ashlar.Bench;
using Ashlar.Bench.Families;

if (args is [Child.Option, .. var work])
{
    ChildWork.Run(work);
    return 0;
}

if (args is [ProductServer.Option, .. var served])
{
    ProductServer.Run(served);
    return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options.Medians.Count > 0)
{
    File.WriteAllText(options.File!, MedianRun.Of(options.Medians));
    return 0;
}

if (options.Page is { } results)
{
    string page = Path.Combine("docs", "performance.md");
    File.WriteAllText(page, PerformancePage.With(File.ReadAllText(page), File.ReadAllText(results)));
    return 0;
}

if (options.Traffic)
{
    StepTraffic.Print();
    return 0;
}

(string Family, IRow Row)[] wanted = [.. AllRows.List.Where(item => options.Wants(item.Family, item.Row))];
if (wanted.Length == 0)
{
    Console.Error.WriteLine("bench: no row has that name. --list shows them.");
    return 2;
}

if (options.List)
{
    foreach ((string family, IRow row) in wanted)
    {
        Console.WriteLine(FormattableString.Invariant($"{family,-14} {row.Name + " " + row.Size,-52} {row.Target.One,5:0.00} {row.Target.More,5:0.00}"));
    }

    return 0;
}

using var run = new TableRun(options);
run.Measure(wanted);
Console.WriteLine($"{Report.Summary(run.Results)}, {run.Failed} failed; load {Machine.Load()}");
if (options.File is { } file)
{
    Report.Save(file, run.Machine, run.Results);
}

return run.Failed > 0 || run.Results.Exists(row => row.Verdict == "wrong") ? 1 : 0;
