namespace Ashlar.Server.MLflow;

/// <summary>The open event files of runs that clients log to.</summary>
/// <param name="clock">Tells which were not used for long.</param>
sealed class MetricLogs(TimeProvider clock) : IDisposable
{
    // Every open file costs a handle; a run that logs again after its file was closed begins another.
    const int MostOpen = 256;

    static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    readonly Lock _gate = new();
    readonly Dictionary<string, MetricLog> _logs = [];

    /// <summary>Writes records to a run; done when they are on the disk.</summary>
    /// <param name="eventsFolder">The run's folder of event files.</param>
    /// <param name="records">Whole records.</param>
    public Task Append(string eventsFolder, ReadOnlySpan<byte> records)
    {
        lock (_gate)
        {
            if (!_logs.TryGetValue(eventsFolder, out MetricLog? log) || log.HasFailed)
            {
                log?.Dispose();
                _logs.Remove(eventsFolder);
                MakeRoom();
                log = new MetricLog(Path.Combine(eventsFolder, "mlflow"), clock);
                _logs.Add(eventsFolder, log);
            }

            log.LastUse = clock.GetTimestamp();
            return log.Append(records);
        }
    }

    /// <summary>Closes the file of a run that has ended.</summary>
    public void Close(string eventsFolder)
    {
        lock (_gate)
        {
            if (_logs.Remove(eventsFolder, out MetricLog? log))
            {
                log.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (MetricLog log in _logs.Values)
            {
                log.Dispose();
            }

            _logs.Clear();
        }
    }

    void MakeRoom()
    {
        string[] closing = [.. _logs.Where(item => clock.GetElapsedTime(item.Value.LastUse) > Idle).Select(item => item.Key)];
        if (_logs.Count - closing.Length >= MostOpen)
        {
            closing = [.. closing, _logs.MinBy(item => item.Value.LastUse).Key];
        }

        foreach (string folder in closing.Distinct())
        {
            _logs[folder].Dispose();
            _logs.Remove(folder);
        }
    }
}
