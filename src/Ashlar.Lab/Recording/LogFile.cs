using System.Text;

namespace Ashlar.Lab;

/// <summary>Adds lines to a run's <c>log.txt</c>. Any thread may add; a disk that refuses is no matter of the caller's.</summary>
public sealed class LogFile : IDisposable
{
    readonly FileStream _stream;
    readonly TimeProvider _time;
    readonly Lock _gate = new();

    /// <param name="path">The file; made if it does not exist.</param>
    /// <param name="time">Gives each line its time; null for the system's clock.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public LogFile(string path, TimeProvider? time = null)
    {
        _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The first refusal of the disk, or null.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>Adds a text, a line of the file for each of its lines.</summary>
    /// <param name="stream"><c>out</c> or <c>err</c>.</param>
    /// <param name="text">Without the last line's end.</param>
    public void Add(string stream, string text)
    {
        DateTimeOffset now = _time.GetUtcNow();
        string lines = string.Concat(text.ReplaceLineEndings("\n").Split('\n').Select(line => $"{new LogLine(now, stream, line)}\n"));
        lock (_gate)
        {
            try
            {
                _stream.Write(Encoding.UTF8.GetBytes(lines));
            }
            catch (IOException e)
            {
                Fault ??= e;
            }
            catch (ObjectDisposedException)
            {
                // A thread that prints behind the end of the run.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
