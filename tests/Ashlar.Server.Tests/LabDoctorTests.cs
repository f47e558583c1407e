using Ashlar.Lab;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Server.Tests;

public sealed class LabDoctorTests
{
    [Fact]
    public async Task Damage_is_found_wherever_it_is()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("ashlar-doctor-").FullName, ".ashlar");
        RunFolder run;
        await using (TestStudio studio = await TestStudio.Start(folder: folder))
        {
            run = studio.AddRun(1);
            run.Write(Host);
        }

        using (EventLog log = EventLog.Create(Path.Combine(run.EventsPath, "main")))
        {
            log.Scalar("loss", 1, 1);
        }

        var store = new ArtifactStore(Path.Combine(folder, "store"));
        string kept = store.Add("kept"u8), lost = store.Add("lost"u8);
        run.Append(new ArtifactRecord("kept.txt", kept, 4, "text/plain", null, DateTimeOffset.UnixEpoch));
        run.Append(new ArtifactRecord("lost.txt", lost, 4, "text/plain", null, DateTimeOffset.UnixEpoch));
        run.Write(new CodeRecord(null, [], null, []));
        var doctor = new LabDoctor(folder);
        (int runs, long points) = doctor.Reindex();

        Assert.Equal((1, 1L), (runs, points));
        Assert.Empty(doctor.Check());

        string events = Directory.GetFiles(run.EventsPath, "*", SearchOption.AllDirectories).Single();
        File.AppendAllText(events, "torn");
        File.Delete(store.PathOf(lost));
        File.SetAttributes(store.PathOf(kept), FileAttributes.Normal);
        File.WriteAllText(store.PathOf(kept), "kepT");
        File.AppendAllText(run.ChainPath, "{\n");
        byte[] index = File.ReadAllBytes(Path.Combine(folder, "index.db"));
        index.AsSpan(4096).Fill(0xA5);
        File.WriteAllBytes(Path.Combine(folder, "index.db"), index);

        string[] found = [.. doctor.Check().Select(finding => $"{Path.GetFileName(finding.Place)}: {finding.Fault}")];
        Assert.Equal(5, found.Length);
        Assert.Contains(found, line => line.StartsWith(Path.GetFileName(events), StringComparison.Ordinal) && line.Contains("no whole record", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains($"artifact lost.txt: the store has no content {lost}", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains("its bytes are not those of its name", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains("line 1 is damaged", StringComparison.Ordinal));
        Assert.Contains(found, line => line.StartsWith("index.db: ", StringComparison.Ordinal) && line.EndsWith("ashlar doctor --reindex", StringComparison.Ordinal));
        Assert.Equal((1, 1L), doctor.Reindex());
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [Fact]
    public async Task An_index_that_a_studio_keeps_is_left_to_it()
    {
        await using TestStudio studio = await TestStudio.Start();

        IOException error = Assert.Throws<IOException>(() => new LabDoctor(studio.Folder).Reindex());

        Assert.Equal($"doctor: a studio that runs keeps the index of {studio.Folder}. Stop it first; it makes a damaged index anew by itself.", error.Message);
    }

    static HostRecord Host => new("machine", "system", "x64", "runtime", "0.1.0", 1, 2, 2, "256", 1, "invariant");
}
