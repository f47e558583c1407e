namespace Ashlar.Tests.Formats;

public sealed class FileLockTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nobody_holds_it_while_another_does_however_they_meet()
    {
        string path = _folder.File("one.lock");
        int inside = 0, together = 0, held = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 4000; i++)
            {
                try
                {
                    using FileLock mine = FileLock.Take(path);
                    together += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                    held++;
                    Thread.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (IOException)
                {
                    // Held by another.
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(0, together);
        Assert.InRange(held, 4, 16000);
        Assert.Empty(_folder.FileNames());
    }
}
