using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

public sealed class EventFolderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Steps_that_were_written_twice_are_seen_once()
    {
        Write(_folder.Path, null, 0, 10, 1);
        Write(_folder.Path, 6, 6, 12, 2);
        Write(_folder.Path, 8, 8, 10, 3);

        (long, double)[] points = [.. EventFolder.Read(_folder.Path).OfType<ScalarEvent>().Select(e => (e.Step, e.Value))];

        Assert.Equal([(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 2), (7, 2), (8, 3), (9, 3)], points);
    }

    [Fact]
    public void A_session_that_goes_on_later_does_not_bring_back_what_an_earlier_one_hid()
    {
        Write(_folder.Path, null, 0, 10, 1);
        Write(_folder.Path, 2, 2, 4, 2);
        Write(_folder.Path, 4, 4, 6, 3);

        Assert.Equal([0, 1, 2, 3, 4, 5], EventFolder.Read(_folder.Path).OfType<ScalarEvent>().Select(e => e.Step));
    }

    [Fact]
    public void A_session_may_begin_in_the_middle_of_a_file()
    {
        using (var log = EventLog.Create(_folder.Path))
        {
            log.Scalar("x", 1, 1);
            log.Scalar("x", 1, 2);
            log.Write(new SessionStartEvent(2, 0));
            log.Scalar("x", 2, 2);
        }

        Assert.Equal([1, 2], EventFolder.Read(_folder.Path).OfType<ScalarEvent>().Select(e => e.Value));
    }

    [Fact]
    public void Folders_have_sessions_of_their_own()
    {
        Write(_folder.At("b"), null, 0, 2, 1);
        Write(_folder.At("a", "deep"), 0, 0, 1, 2);
        File.WriteAllText(_folder.At("other.txt"), "no event file");

        Assert.Equal([_folder.At("a", "deep"), _folder.At("b")], EventFolder.FoldersBelow(_folder.Path));
        Assert.Equal([2, 1, 1], EventFolder.Read(_folder.Path).OfType<ScalarEvent>().Select(e => e.Value));
    }

    [Fact]
    public void A_new_file_comes_behind_those_that_are_there_whatever_the_clock_says()
    {
        File.WriteAllBytes(_folder.At("events.out.tfevents.4000000000.elsewhere.1.0"), EventEncoder.Encode(new TextEvent("note", 0, 0, "first"), 1));

        using (var log = EventLog.Create(_folder.Path))
        {
            log.Write(new TextEvent("note", 0, 0, "second"));
        }

        Assert.Equal(["first", "second"], EventFolder.Read(_folder.Path).Cast<TextEvent>().Select(e => e.Text));
        Assert.Equal(EventFolder.Files(_folder.Path), EventFolder.Files(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_events() => Assert.Empty(EventFolder.Read(_folder.At("absent")));

    static void Write(string folder, long? firstStep, int from, int to, double value)
    {
        using var log = EventLog.Create(folder, firstStep);
        for (int step = from; step < to; step++)
        {
            log.Scalar("x", value, step);
        }
    }
}
