using System.Text.Json.Nodes;
using Ashlar.Bench;

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

(string Family, Row Row)[] wanted = [.. AllRows.List.Where(item => options.Wants(item.Family, item.Row))];
if (wanted.Length == 0)
{
    Console.Error.WriteLine("bench: no row has that name. --list shows them.");
    return 2;
}

if (options.List)
{
    foreach ((string family, Row row) in wanted)
    {
        Console.WriteLine(FormattableString.Invariant($"{family,-14} {row.Name + " " + row.Size,-52} {row.Target.One,5:0.00} {row.Target.More,5:0.00}"));
    }

    return 0;
}

// The rows on each thread count in turn; a row that fails is reported and the others go on.
string bench = Path.GetFullPath("bench");
string folder = Directory.CreateTempSubdirectory("bench").FullName;
var peers = new Dictionary<int, Peers>();
var results = new List<Result>();
int failed = 0;
JsonObject? machine = null;
try
{
    var comparison = new Comparison(options, folder);
    foreach ((string family, Row row) in wanted)
    {
        foreach (int threads in options.Threads)
        {
            if (!peers.TryGetValue(threads, out Peers? those))
            {
                peers[threads] = those = new Peers(threads, Path.Combine(bench, "peers", "server.py"));
            }

            if (machine is null)
            {
                machine = Machine.Describe(those.Versions);
                Console.WriteLine(machine.ToJsonString());
                Console.WriteLine(Report.Head);
            }

            try
            {
                Result result = comparison.Measure(family, row, threads, those);
                results.Add(result);
                Console.WriteLine(Report.Line(result));
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine($"{row.Name} {row.Size}, {threads} threads: FAILED: {error.Message}");
            }
        }

        comparison.Drop(row);
    }
}
finally
{
    foreach (Peers those in peers.Values)
    {
        those.Dispose();
    }

    Directory.Delete(folder, recursive: true);
}

machine!["loadAtEnd"] = Machine.Load();
Console.WriteLine($"{Report.Summary(results)}, {failed} failed; load {Machine.Load()}");
string? file = options.Json ?? (options.Only.Count == 0 ? Path.Combine(bench, "results", options.Quick ? "quick.json" : "full.json") : null);
if (file is not null)
{
    Report.Save(file, machine, results);
}

return failed > 0 || results.Exists(row => row.Verdict == "wrong") ? 1 : 0;
