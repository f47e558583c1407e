using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>The files of a sweep: <c>.ashlar/sweeps/ID/sweep.json</c>, what it is, and <c>trials.jsonl</c>, a line for each trial that is over. A process that is killed loses no line; the trials under way are begun again.</summary>
public sealed class SweepFolder
{
    const string Format = "ashlar sweep 1";

    readonly string _path;
    readonly SortedDictionary<int, SweepOutcome> _outcomes = [];
    bool _endsInLine = true;

    SweepFolder(string path, JsonElement description)
    {
        _path = path;
        Text = description.GetProperty("sweep").GetRawText();
        Spec = SweepFile.Parse(Text, System.IO.Path.GetFileName(path));
        Program = description.GetProperty("program").GetString()!;
        Sources = description.GetProperty("sources").GetString()!;
        Start = DateTimeOffset.Parse(description.GetProperty("start").GetString()!, CultureInfo.InvariantCulture);
        ReadOutcomes();
    }

    /// <summary>Its name, as the runs have it in <c>sweep</c>.</summary>
    public string Id => System.IO.Path.GetFileName(_path);

    /// <summary>The folder, absolute.</summary>
    public string Path => _path;

    /// <summary>What it is.</summary>
    public SweepSpec Spec { get; }

    /// <summary>The description as JSON.</summary>
    public string Text { get; }

    /// <summary>The program, absolute.</summary>
    public string Program { get; }

    /// <summary>SHA-256 over the program's sources when the sweep began.</summary>
    public string Sources { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>What came out of the trials that are over, by number.</summary>
    public IReadOnlyDictionary<int, SweepOutcome> Outcomes => _outcomes;

    /// <summary>Begins a sweep.</summary>
    /// <param name="lab">Where.</param>
    /// <param name="json">The description, as <see cref="SweepFile.Parse"/> reads it.</param>
    /// <param name="name">The sweep's name where the description gives none.</param>
    /// <param name="program">The program, absolute.</param>
    /// <param name="sources">SHA-256 over the program's sources.</param>
    /// <exception cref="SweepException">The description is wrong.</exception>
    public static SweepFolder Create(LabFolder lab, string json, string name, string program, string sources)
    {
        SweepSpec spec = SweepFile.Parse(json, name);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string path = System.IO.Path.Combine(SweepsPath(lab), RunId.New(now));
        Directory.CreateDirectory(path);
        using (JsonDocument sweep = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }))
        {
            AtomicFile.Write(System.IO.Path.Combine(path, "sweep.json"), stream => Write(stream, sweep.RootElement, spec, program, sources, now));
        }

        return Open(path);
    }

    /// <summary>Finds a sweep.</summary>
    /// <param name="lab">Where.</param>
    /// <param name="reference">Its id, the only beginning of one, or <c>@last</c>.</param>
    /// <exception cref="SweepException">There is none, or more than one.</exception>
    public static SweepFolder Find(LabFolder lab, string reference)
    {
        string[] ids = Directory.Exists(SweepsPath(lab)) ? [.. Directory.EnumerateDirectories(SweepsPath(lab)).Select(folder => System.IO.Path.GetFileName(folder)).Where(RunId.IsValid).Order(StringComparer.Ordinal)] : [];
        string[] found = reference == "@last" ? ids[^Math.Min(1, ids.Length)..] : [.. ids.Where(id => id.StartsWith(reference, StringComparison.Ordinal))];
        return found switch
        {
            [var id] => Open(System.IO.Path.Combine(SweepsPath(lab), id)),
            [] => throw new SweepException($"sweep: '{reference}' is no sweep in {SweepsPath(lab)}. {(ids.Length == 0 ? "There is none yet; begin one: ashlar sweep FILE" : $"The last is {ids[^1]}")}."),
            _ => throw new SweepException($"sweep: '{reference}' begins {found.Length} sweeps: {string.Join(", ", found.Take(3))}. Give more letters."),
        };
    }

    /// <summary>Keeps what came out of a trial; on the disk when this returns.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="outcome">What came out.</param>
    public void Add(int trial, SweepOutcome outcome)
    {
        lock (_outcomes)
        {
            _outcomes[trial] = outcome;
            using var file = new FileStream(TrialsPath, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes((_endsInLine ? "" : "\n") + Line(trial, outcome)));
            file.Flush(flushToDisk: true);
            _endsInLine = true;
        }
    }

    /// <summary>The metric of the trials that are over, by number.</summary>
    public IReadOnlyDictionary<int, double> Results()
    {
        lock (_outcomes)
        {
            return _outcomes.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        }
    }

    string TrialsPath => System.IO.Path.Combine(_path, "trials.jsonl");

    static string SweepsPath(LabFolder lab) => System.IO.Path.Combine(lab.Path, "sweeps");

    static SweepFolder Open(string path)
    {
        string file = System.IO.Path.Combine(path, "sweep.json");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            string? format = document.RootElement.GetProperty("format").GetString();
            return format == Format
                ? new SweepFolder(System.IO.Path.GetFullPath(path), document.RootElement)
                : throw new SweepException($"sweep: {file} is '{format}', this program knows '{Format}'. Use the program that wrote it.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException)
        {
            throw new SweepException($"sweep: {file} cannot be read: {e.Message} Begin a new sweep: ashlar sweep FILE");
        }
    }

    static void Write(Stream stream, JsonElement sweep, SweepSpec spec, string program, string sources, DateTimeOffset now)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("start", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("program", program);
        json.WriteString("sources", sources);
        json.WriteStartObject("sweep");
        json.WriteString("name", spec.Name);
        json.WriteString("method", spec.Method.ToString().ToLowerInvariant());
        foreach (JsonProperty property in sweep.EnumerateObject().Where(property => property.Name is not ("name" or "method")))
        {
            property.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static string Line(int trial, SweepOutcome outcome)
    {
        string value = double.IsNaN(outcome.Value) ? "\"NaN\"" : double.IsInfinity(outcome.Value) ? outcome.Value > 0 ? "\"Infinity\"" : "\"-Infinity\"" : outcome.Value.ToString("R", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{{\"trial\":{trial},\"run\":\"{outcome.Run}\",\"state\":\"{(outcome.State == RunState.Finished ? "finished" : "failed")}\",\"value\":{value}}}\n");
    }

    // A process that was killed may have left half a line; its trial is begun again.
    void ReadOutcomes()
    {
        string text = File.Exists(TrialsPath) ? File.ReadAllText(TrialsPath) : "";
        _endsInLine = text.Length == 0 || text[^1] == '\n';
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement value = document.RootElement.GetProperty("value");
                _outcomes[document.RootElement.GetProperty("trial").GetInt32()] = new SweepOutcome(
                    document.RootElement.GetProperty("run").GetString()!,
                    document.RootElement.GetProperty("state").GetString() == "finished" ? RunState.Finished : RunState.Failed,
                    value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble());
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                continue;
            }
        }
    }
}
