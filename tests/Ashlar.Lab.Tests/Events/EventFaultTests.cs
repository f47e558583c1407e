using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

public sealed class EventFaultTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_once_and_the_program_goes_on()
    {
        string file = _folder.At("file");
        File.WriteAllText(file, "");
        var said = new List<string>();

        using var log = EventLog.Create(Path.Combine(file, "events"), say: said.Add);
        for (int i = 0; i < 3; i++)
        {
            log.Scalar("x", i, i);
            log.Flush();
        }

        Assert.Equal(log.Fault!.Message, Assert.Single(said));
        Assert.StartsWith($"event log: '{log.Folder}' cannot be written: ", log.Fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Make room or grant access; the program goes on, keeps 64 MiB of events and tries again every second.", log.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, log.Lost);
    }

    [Fact]
    public void A_disk_that_was_full_gets_all_events_when_it_has_room_again()
    {
        string path = _folder.At("x.tfevents.1");
        var disk = new SmallDisk(path) { Room = 1000 };
        var said = new List<string>();

        using (var log = EventLog.Create(_folder.Path, () => disk, said.Add))
        {
            for (int i = 0; i < 100; i++)
            {
                log.Scalar("x", 0.1 * i, i);
                log.Flush();
            }

            Assert.IsType<IOException>(log.Fault);
            disk.Room = long.MaxValue;
        }

        Assert.Single(said);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => 0.1 * i), EventFolder.Read(_folder.Path).Cast<ScalarEvent>().Select(e => e.Value));
    }

    [Fact]
    public void What_a_disk_refuses_for_long_is_counted_and_memory_stays_bounded()
    {
        var disk = new SmallDisk(_folder.At("x.tfevents.1"));
        var log = EventLog.Create(_folder.Path, () => disk, _ => { });
        var picture = new ImageEvent("picture", 0, 0, 1, 1, new byte[1 << 20]);

        for (int i = 0; i < 100; i++)
        {
            log.Write(picture);
            log.Flush();
        }

        Assert.InRange(log.Lost, 100 - (EventFileWriter.MostKept >> 20), 100 - (EventFileWriter.MostKept >> 20) + 1);
        log.Dispose();
    }

    /// <summary>Takes what fits, half an event too, and refuses the rest.</summary>
    sealed class SmallDisk(string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0)
    {
        public long Room { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            int fitting = (int)Math.Min(count, Math.Max(0, Room - Position));
            base.Write(buffer, offset, fitting);
            if (fitting < count)
            {
                throw new IOException("No space left on device.");
            }
        }
    }
}
