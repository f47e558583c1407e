using Ashlar.Lab.Events;

namespace Ashlar.Lab;

/// <content>What a trainer's events need.</content>
public sealed partial class Run
{
    readonly Dictionary<string, long> _rewritten = new(StringComparer.Ordinal);
    readonly HashSet<string> _checkpoints = new(StringComparer.Ordinal);

    /// <summary>Hides the points of the steps behind one, which are taken again, and reckons the summaries anew.</summary>
    internal void GoOnFrom(long step)
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            recorder.Try(() =>
            {
                recorder.Events.Write(new SessionStartEvent(step + 1, 0));
                if (!recorder.Metrics.IsEmpty)
                {
                    recorder.Events.Flush();
                    recorder.Metrics.Reckon(EventFolder.Read(recorder.Events.Folder).OfType<ScalarEvent>().Select(e => (e.Tag, e.Value, e.Step)));
                }
            });
        }
    }

    /// <summary>Waits until points and links are on the disk.</summary>
    internal void Settle()
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            using var done = new ManualResetEventSlim();
            recorder.Later(done.Set);
            recorder.Events.Flush();
            done.Wait();
        }
    }

    /// <summary>Keeps a checkpoint as an artifact. One that is written again and again is kept at first and at the end, not each time.</summary>
    internal void KeepCheckpoint(string path, long step)
    {
        if (_recorder is not { IsFinished: false } recorder)
        {
            return;
        }

        if (!_checkpoints.Add(path))
        {
            if (_rewritten.Count == 0)
            {
                recorder.Finishing += KeepRewritten;
            }

            _rewritten[path] = step;
            return;
        }

        // Opened now: the name may belong to another file when it is its turn.
        if (recorder.Tried(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete)) is { } content)
        {
            recorder.Later(() => KeepCheckpoint(recorder, content, path, step));
        }
    }

    void KeepRewritten()
    {
        foreach ((string path, long step) in _rewritten.Where(pair => File.Exists(pair.Key)))
        {
            _recorder!.Later(() => KeepCheckpoint(_recorder, File.OpenRead(path), path, step));
        }
    }

    static void KeepCheckpoint(Recorder recorder, Stream content, string path, long step)
    {
        using (content)
        {
            recorder.Keep($"checkpoints/{Path.GetFileName(path)}", content, step);
        }
    }
}
