namespace Ashlar.Tests.Formats;

public sealed class AtomicFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string Target => _folder.File("weights.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_commit_replaces_the_previous_file_and_leaves_no_other()
    {
        File.WriteAllText(Target, "before");

        AtomicFile.Write(Target, stream => stream.Write("after"u8));

        Assert.Equal("after", File.ReadAllText(Target));
        Assert.Equal(["weights.bin"], _folder.FileNames());
    }

    [Fact]
    public void Until_the_commit_the_previous_file_stays_readable()
    {
        File.WriteAllText(Target, "before");
        using AtomicFile file = AtomicFile.Create(Target);
        file.Stream.Write("after"u8);
        file.Stream.Flush();

        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal(["weights.bin", "weights.bin.partial", "weights.bin.partial.lock"], _folder.FileNames());
        Assert.Equal(Target + ".partial", file.PartialPath);

        file.Commit();

        Assert.Equal("after", File.ReadAllText(file.Path));
    }

    [Fact]
    public void A_failure_between_writing_and_renaming_keeps_the_previous_file()
    {
        File.WriteAllText(Target, "before");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("after"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal(["weights.bin"], _folder.FileNames());
    }

    [Fact]
    public void What_a_killed_process_left_is_overwritten_by_the_next_writer()
    {
        File.WriteAllText(Target, "before");
        File.WriteAllText(Target + ".partial", "half of a much longer file");

        AtomicFile.Write(Target, stream => stream.Write("after"u8));

        Assert.Equal("after", File.ReadAllText(Target));
        Assert.Equal(["weights.bin"], _folder.FileNames());
    }

    [Fact]
    public void A_second_writer_of_one_path_is_refused_and_harms_nothing()
    {
        using AtomicFile first = AtomicFile.Create(Target);
        first.Stream.Write("first"u8);

        Assert.Throws<IOException>(() => AtomicFile.Create(Target));
        first.Commit();

        Assert.Equal("first", File.ReadAllText(Target));
    }

    [Fact]
    public void Writers_that_meet_at_the_rename_never_tear_what_one_of_them_committed()
    {
        byte[] content = new byte[4096];
        Array.Fill(content, (byte)7);
        AtomicFile.Write(Target, stream => stream.Write(content));
        Thread[] writers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 300; i++)
            {
                try
                {
                    AtomicFile.Write(Target, stream => stream.Write(content));
                }
                catch (IOException)
                {
                    // Another writer is under way: the answer that is promised.
                }
            }
        }))];
        Array.ForEach(writers, writer => writer.Start());
        var torn = new List<int>();
        while (writers.Any(writer => writer.IsAlive))
        {
            int length = File.ReadAllBytes(Target).Length;
            if (length != content.Length)
            {
                torn.Add(length);
            }
        }

        Assert.Empty(torn);
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(["weights.bin"], _folder.FileNames());
    }

    [Fact]
    public void A_committed_file_cannot_be_committed_again()
    {
        using AtomicFile file = AtomicFile.Create(Target);
        file.Commit();

        Assert.Contains("AtomicFile", Assert.Throws<ObjectDisposedException>(file.Commit).Message);
    }
}
