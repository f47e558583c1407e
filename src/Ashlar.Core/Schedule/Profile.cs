using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ashlar.Schedule;

/// <summary>The time of every launch of every plan in the process, from <see cref="Start"/> until it is disposed.</summary>
/// <remarks>Without a profile running nothing is timed. With one, each launch costs two reads of the clock.
/// The time of a launch that runs a loop or a branch contains the launches inside, which are events of their own.</remarks>
public sealed class Profile : IDisposable
{
    static Profile? _running;

    readonly long _began = Stopwatch.GetTimestamp();
    readonly List<ProfileEvent> _events = [];
    int _plans;

    Profile()
    {
    }

    /// <summary>The profile that launches report to, or null.</summary>
    internal static Profile? Running => Volatile.Read(ref _running);

    /// <summary>The launches so far, in order.</summary>
    public IReadOnlyList<ProfileEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Begins a profile.</summary>
    /// <exception cref="InvalidOperationException">One is running already.</exception>
    public static Profile Start()
    {
        var profile = new Profile();
        return Interlocked.CompareExchange(ref _running, profile, null) is null
            ? profile
            : throw new InvalidOperationException("Profile: one is running already, and a launch reports to one only. Dispose it first.");
    }

    /// <summary>Ends it; what was collected stays readable.</summary>
    public void Dispose() => Interlocked.CompareExchange(ref _running, null, this);

    /// <summary>Writes the trace-event format that chrome://tracing and Perfetto open; times in microseconds.</summary>
    /// <param name="path">Where to.</param>
    public void WriteTrace(string path)
    {
        using FileStream stream = File.Create(path);
        WriteTrace(stream);
    }

    /// <summary>Writes the trace-event format that chrome://tracing and Perfetto open; times in microseconds.</summary>
    /// <param name="stream">Where to; stays open.</param>
    public void WriteTrace(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        foreach (ProfileEvent seen in Events)
        {
            json.WriteStartObject();
            json.WriteString("name", seen.Name);
            json.WriteString("cat", "launch");
            json.WriteString("ph", "X");
            json.WriteNumber("ts", seen.Start * 1e6);
            json.WriteNumber("dur", seen.Duration * 1e6);
            json.WriteNumber("pid", 1);
            json.WriteNumber("tid", 1);
            json.WriteStartObject("args");
            json.WriteString("space", seen.Space);
            json.WriteNumber("plan", seen.Plan);
            json.WriteNumber("operations", seen.Operations);
            json.WriteNumber("bytes", seen.Bytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A table of launches that are alike, the dearest first: share of the time, milliseconds, calls, rates.</summary>
    public override string ToString()
    {
        IReadOnlyList<ProfileEvent> events = Events;
        double total = events.Sum(seen => seen.Duration);
        var text = new StringBuilder("   share        ms    calls     Gop/s      GB/s  launch\n");
        foreach (IGrouping<(string Name, string Space), ProfileEvent> same in events.GroupBy(seen => (seen.Name, seen.Space)).OrderByDescending(same => same.Sum(seen => seen.Duration)))
        {
            double seconds = same.Sum(seen => seen.Duration);
            text.Append(CultureInfo.InvariantCulture,
                $"{seconds / total,8:P1}{seconds * 1e3,10:F3}{same.Count(),9}{same.Sum(seen => seen.Operations) / seconds / 1e9,10:F2}{same.Sum(seen => seen.Bytes) / seconds / 1e9,10:F2}  {same.Key.Name} {same.Key.Space}\n");
        }

        return text.ToString();
    }

    internal int NextPlan() => Interlocked.Increment(ref _plans) - 1;

    internal void Add(LaunchFacts facts, int plan, long start, long end)
    {
        double began = Stopwatch.GetElapsedTime(_began, start).TotalSeconds;
        lock (_events)
        {
            _events.Add(new ProfileEvent(facts.Name, facts.Space, plan, began, Stopwatch.GetElapsedTime(start, end).TotalSeconds, facts.Operations, facts.Bytes));
        }
    }
}
