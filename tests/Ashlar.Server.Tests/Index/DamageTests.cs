using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Events;
using Ashlar.Server.Index;

namespace Ashlar.Server.Tests.Index;

/// <summary>Whatever happens to the index, it is made again from the files and nothing is lost.</summary>
public sealed class DamageTests
{
    const int Runs = 3;
    const int Points = 3000;

    // Places at which the index is cut or damaged. ASHLAR_CRASH_PLACES=2500 asks for many; each takes some milliseconds.
    static readonly int Places = int.Parse(Environment.GetEnvironmentVariable("ASHLAR_CRASH_PLACES") ?? "24", CultureInfo.InvariantCulture);

    [Fact]
    public void An_index_that_is_cut_anywhere_is_made_again()
    {
        string folder = Folder();
        byte[] whole = MakeIndex(folder);
        string path = Path.Combine(folder, "index.db");
        for (int i = 0; i <= Places; i++)
        {
            File.WriteAllBytes(path, whole[..(int)((long)whole.Length * i / Places)]);
            AssertWhole(folder);
            IndexDatabase.Delete(path);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_index_with_changed_bytes_is_made_again()
    {
        string folder = Folder();
        byte[] whole = MakeIndex(folder);
        string path = Path.Combine(folder, "index.db");
        for (int page = 0; page < whole.Length / 4096; page += Math.Max(1, whole.Length / 4096 / Places))
        {
            // A page whose kind is unknown: SQLite tells it when it comes there.
            byte[] damaged = (byte[])whole.Clone();
            damaged.AsSpan(page * 4096, 4096).Fill(0xA5);
            File.WriteAllBytes(path, damaged);
            AssertWhole(folder);
            IndexDatabase.Delete(path);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_index_of_another_version_is_made_again()
    {
        string folder = Folder();
        File.WriteAllBytes(Path.Combine(folder, "index.db"), MakeIndex(folder));
        using (var session = new SqlSession(Path.Combine(folder, "index.db"), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite))
        {
            session.Script($"PRAGMA user_version = {IndexSchema.Version + 1}");
        }

        AssertWhole(folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_index_that_was_not_closed_is_used_as_it_is()
    {
        string folder = Folder();
        using (var index = new RunIndex(folder, _ => { }, TimeProvider.System))
        {
            index.Look();
            while (index.FollowAll(TimeSpan.FromSeconds(5)))
            {
            }

            // What a killed process leaves: the file and its log of changes, at some moment.
            string copy = folder + "-copy";
            Directory.CreateDirectory(copy);
            foreach (string ending in (string[])["", "-wal"])
            {
                File.Copy(Path.Combine(folder, "index.db" + ending), Path.Combine(copy, "index.db" + ending));
            }

            byte[] log = File.ReadAllBytes(Path.Combine(copy, "index.db-wal"));
            for (int i = 0; i <= Places; i++)
            {
                string part = Path.Combine(copy, $"part{i}");
                Directory.CreateDirectory(part);
                Directory.CreateSymbolicLink(Path.Combine(part, "runs"), Path.Combine(folder, "runs"));
                File.Copy(Path.Combine(copy, "index.db"), Path.Combine(part, "index.db"));
                File.WriteAllBytes(Path.Combine(part, "index.db-wal"), log[..(int)((long)log.Length * i / Places)]);
                AssertWhole(part);
            }

            Directory.Delete(copy, recursive: true);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_second_process_reads_what_the_first_keeps_and_takes_over_when_it_is_gone()
    {
        string folder = Folder();
        var first = new RunIndex(folder, _ => { }, TimeProvider.System);
        first.Look();
        using var second = new RunIndex(folder, _ => { }, TimeProvider.System);

        Assert.True(first.IsWriter);
        Assert.False(second.IsWriter);
        Assert.Equal(Runs, second.Find(Ashlar.Lab.Queries.Filter.Everything, [Ashlar.Lab.Queries.SortKey.Newest], 10, 0).Total);
        first.Dispose();
        second.Look();
        Assert.True(second.IsWriter);
        Assert.Equal(Runs, second.Find(Ashlar.Lab.Queries.Filter.Everything, [Ashlar.Lab.Queries.SortKey.Newest], 10, 0).Total);
        second.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    static string Folder()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("ashlar-index-test-").FullName, ".ashlar");
        var lab = new LabFolder(folder);
        for (int i = 0; i < Runs; i++)
        {
            DateTimeOffset start = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddSeconds(i);
            RunFolder run = RunFolder.Create(lab, new RunFile(
                RunId.New(start), $"run {i}", start, ProcessRecord.Current, folder, [], new Dictionary<string, string> { ["number"] = $"{i}" }, new Dictionary<string, MetricSummary>(), State: RunState.Finished));
            using EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main"));
            for (int step = 0; step < Points; step++)
            {
                log.Scalar("loss", i + (1.0 / (step + 1)), step);
            }
        }

        return folder;
    }

    static byte[] MakeIndex(string folder)
    {
        using (var index = new RunIndex(folder, _ => { }, TimeProvider.System))
        {
            index.Look();
            while (index.FollowAll(TimeSpan.FromSeconds(5)))
            {
            }
        }

        string path = Path.Combine(folder, "index.db");
        byte[] whole = File.ReadAllBytes(path);
        IndexDatabase.Delete(path);
        return whole;
    }

    static void AssertWhole(string folder)
    {
        using var index = new RunIndex(folder, _ => { }, TimeProvider.System);
        (List<RunRow> runs, int total) = index.Find(Ashlar.Lab.Queries.Filter.Parse("tags.number != 'x'"), Ashlar.Lab.Queries.SortKey.Parse("name"), 100, 0);
        Assert.Equal(Runs, total);
        for (int i = 0; i < Runs; i++)
        {
            RunRow run = index.Find(runs[i].Place.Id)!;
            index.Follow(run);
            Assert.Equal($"run {i}", JsonDocument.Parse($"{{{run.Facts}}}").RootElement.GetProperty("name").GetString());
            List<Point> points = index.Read(session =>
            {
                SeriesRow series = SeriesRow.Find(session, RunRow.Find(session, run.Place.Id)!.Number, "loss")!.Value;
                return new SeriesReader(session).Chunks(series.Number, 0).SelectMany(chunk => chunk).ToList();
            });
            Assert.Equal(Enumerable.Range(0, Points).Select(step => i + (1.0 / (step + 1))), points.Select(point => point.Value));
        }
    }
}
