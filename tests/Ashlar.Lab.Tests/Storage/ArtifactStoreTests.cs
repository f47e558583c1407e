using System.Text;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Tests.Storage;

public sealed class ArtifactStoreTests : IDisposable
{
    // printf abc | sha256sum
    const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    readonly TemporaryFolder _folder = new();
    readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder.At("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_content_is_found_under_its_hash()
    {
        string hash = _store.Add("abc"u8);

        Assert.Equal(Abc, hash);
        Assert.True(_store.Contains(hash));
        Assert.True(_store.Verify(hash));
        Assert.Equal(_folder.At("store", "ba", "7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), _store.PathOf(hash));
        using var reader = new StreamReader(_store.OpenRead(hash));
        Assert.Equal("abc", reader.ReadToEnd());
    }

    [Fact]
    public void Equal_contents_are_kept_once_and_nothing_is_left_over()
    {
        File.WriteAllText(_folder.At("file"), "abc");

        _store.Add("abc"u8);
        _store.Add(_folder.At("file"));
        _store.Add(new MemoryStream(Encoding.UTF8.GetBytes("abc")));
        string empty = _store.Add(""u8);

        Assert.Equal([Abc, empty], _store.Hashes());
        Assert.Equal(2, Directory.EnumerateFiles(_store.Folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void A_damaged_content_is_found_when_it_is_read()
    {
        string hash = _store.Add("abc"u8);
        File.WriteAllText(_store.PathOf(hash), "abd");

        Assert.False(_store.Verify(hash));
        using Stream stream = _store.OpenRead(hash);
        var e = Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
        Assert.Equal($"artifact store: '{_store.PathOf(hash)}' is damaged: its SHA-256 is a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9. Add the content again, or copy the file from a good store.", e.Message);
    }

    [Fact]
    public void A_content_that_was_cut_or_damaged_anywhere_is_found_and_mended_when_it_is_added_again()
    {
        byte[] content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        string hash = _store.Add(content);

        for (int at = 0; at < content.Length; at++)
        {
            byte[] damaged = at % 2 == 0 ? content[..at] : [.. content[..at], (byte)(content[at] ^ 1), .. content[(at + 1)..]];
            File.WriteAllBytes(_store.PathOf(hash), damaged);

            Assert.False(_store.Verify(hash));
            using Stream stream = _store.OpenRead(hash);
            Assert.Throws<InvalidDataException>(() => stream.CopyTo(Stream.Null));
        }

        _store.Add(content);
        Assert.True(_store.Verify(hash));
    }

    [Fact]
    public void A_content_that_is_not_here_is_named()
    {
        var e = Assert.Throws<FileNotFoundException>(() => _store.OpenRead(Abc));

        Assert.Equal($"artifact store: '{_store.Folder}' has no content {Abc}. Copy the store of the run's machine, or make the run again.", e.Message);
        Assert.False(_store.Contains(Abc));
        Assert.False(_store.Verify(Abc));
        Assert.Empty(_store.Hashes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("..7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void What_is_no_hash_leads_to_no_path(string text)
    {
        var e = Assert.Throws<ArgumentException>(() => _store.PathOf(text));

        Assert.StartsWith($"artifact store: '{text}' is no SHA-256. Give 64 lower-case hexadecimal digits.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_fails_adds_nothing_and_leaves_nothing()
    {
        Assert.Throws<IOException>(() => _store.Add(new BrokenStream()));

        Assert.Empty(Directory.EnumerateFiles(_store.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_a_killed_process_left_half_written_goes_after_a_day()
    {
        _store.Add("abc"u8);
        string old = Path.Combine(_store.Folder, "partial", "old");
        string young = Path.Combine(_store.Folder, "partial", "young");
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);

        new ArtifactStore(_store.Folder).Add("abc"u8);

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.Equal([Abc], _store.Hashes());
    }

    [Fact]
    public void Threads_that_add_the_same_content_do_not_disturb_each_other()
    {
        byte[] content = new byte[100_000];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 5; i++)
            {
                _store.Add(content);
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.True(_store.Verify(Assert.Single(_store.Hashes())));
    }

    /// <summary>Gives a few bytes, then fails.</summary>
    sealed class BrokenStream : MemoryStream
    {
        bool _hasGiven;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_hasGiven)
            {
                throw new IOException("the source is gone");
            }

            _hasGiven = true;
            return 10;
        }
    }
}
