using System.Diagnostics;
using System.Globalization;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Tests;

/// <summary>Processes that are killed (SIGKILL) or refused by the system in the middle of their work.</summary>
public sealed class CrashTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_log_that_is_killed_keeps_all_that_was_flushed_and_the_next_process_goes_on(int flushes)
    {
        long durable = 0;
        using (Process child = Child.Start("log", _folder.Path))
        {
            for (int i = 0; i < flushes; i++)
            {
                durable = long.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            }

            Kill(child);
        }

        ScalarEvent[] before = Scalars();
        using (var log = EventLog.Create(_folder.Path, firstStep: durable - 100))
        {
            log.Scalar("x", -1, durable - 100);
        }

        Assert.True(before.Length >= durable, $"{before.Length} of {durable}");
        Assert.Equal(Enumerable.Range(0, before.Length).Select(i => ((long)i, i * 0.1)), before.Select(e => (e.Step, e.Value)));
        Assert.Equal([.. before.Take((int)durable - 100).Select(e => e.Value), -1], Scalars().Select(e => e.Value));
    }

    [Fact]
    public void A_log_is_written_out_when_its_process_ends_in_order()
    {
        using (Process child = Child.Start("leave", _folder.Path))
        {
            child.WaitForExit();
        }

        Assert.Equal(1000, Scalars().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_store_whose_writer_is_killed_holds_nothing_half(int contents)
    {
        var said = new List<string>();
        using (Process child = Child.Start("add", _folder.Path))
        {
            for (int i = 0; i < contents; i++)
            {
                said.Add(child.StandardOutput.ReadLine()!);
            }

            Kill(child);
        }

        var store = new ArtifactStore(_folder.Path);
        string next = store.Add("next"u8);

        Assert.Empty(said.Except(store.Hashes()));
        Assert.Contains(next, store.Hashes());
        Assert.All(store.Hashes(), hash => Assert.True(store.Verify(hash)));
    }

    [Fact]
    public void A_full_disk_is_said_once_and_neither_ends_the_program_nor_leaves_half_a_content()
    {
        (int code, string output, string errors) = Child.Run("fill", _folder.Path, limit: 64);

        Assert.True(code == 0, errors);
        Assert.Contains("alive, lost 0, fault event log: ", output, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"event log: '{_folder.At("events")}' cannot be written: ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.At("store"), "*", SearchOption.AllDirectories));
        ScalarEvent[] written = Scalars();
        Assert.InRange(written.Length, 500, 5000);
        Assert.Equal(Enumerable.Range(0, written.Length).Select(i => (long)i), written.Select(e => e.Step));
    }

    static void Kill(Process child)
    {
        child.Kill();
        child.WaitForExit();
    }

    ScalarEvent[] Scalars() => [.. EventFolder.Read(_folder.Path).OfType<ScalarEvent>()];
}
