using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;

namespace Ashlar.Server.Tests.Page;

/// <summary>Runs with everything that the page shows. All numbers are functions of the run's number.</summary>
/// <param name="folder">The lab.</param>
sealed class ExampleLab(string folder)
{
    public const int Runs = 24;
    public const int Points = 200;

    static readonly DateTimeOffset Begin = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    static readonly double[] Rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];
    static readonly int[] Widths = [16, 32, 64, 128];
    static readonly string[] Optimizers = ["AdamW", "Sgd", "Lion"];

    readonly LabFolder _lab = new(folder);
    readonly ArtifactStore _store = new(Path.Combine(folder, "store"));

    public string Folder => folder;

    /// <summary>The runs 0 to 23; 8 to 23 are trials of one sweep.</summary>
    public List<RunFolder> AddAll() => [.. Enumerable.Range(0, Runs).Select(Add)];

    public static string NameOf(int number) => $"{(number < 8 ? "digits" : "trial")}-{number:00}";

    public RunFolder Add(int number)
    {
        DateTimeOffset start = Begin.AddMinutes(40 * number);
        RunState state = number % 11 == 5 ? RunState.Failed : RunState.Finished;
        RunFolder run = Create(NameOf(number), start, state, number >= 8 ? "sweep-1" : null, number % 2 == 0 ? "paper" : "default", number % 3 == 0 ? new() { ["owner"] = number % 2 == 0 ? "ann" : "bo" } : []);
        run.Write(Configuration(number));
        run.Write(new HostRecord($"bench-{number % 2}", "Debian 12", "x64", ".NET 10.0", "0.1.0", 1, 2, number % 2 == 0 ? 2 : 4, "512", 25_769_803_776, ""));
        string source = $"using Ashlar;\n\n// version {number / 4}\nforeach (var (x, y) in loader)\n{{\n    optimizer.Step(Loss.CrossEntropy(model.Forward(x), y));\n}}\n";
        string hash = _store.Add(Encoding.UTF8.GetBytes(source));
        run.Write(new CodeRecord("train.cs", [new CodeFile("train.cs", hash, source.Length)], new GitRecord("7246d780a1b2c3d4e5f60718293a4b5c6d7e8f90", "main", _store.Add("--- a/train.cs\n+++ b/train.cs\n@@ -1 +1 @@\n-old\n+new\n"u8), ["notes.txt"]), []));
        run.Write(new DataRecord([new DataFile("digits", "digits.npz", Hex("digits"), 912_345)], [new DataSplit("train", 1500, Hex("train"))]));
        Keep(run, "model.safetensors", $"model {number}", Points * 10, start);
        Keep(run, "model.txt", "layer   type    in        out       parameters\n0 head  Linear  [N,784]   [N,10]          7850\n", Points * 10, start);
        Keep(run, "tables/mistakes.json", """{"columns": ["file", "digit", "taken for"], "rows": [["a.png", 3, 5], ["b.png", 8, 3]], "step": 2000}""", 2000, start);
        foreach (int step in (int[])[1000, 2000])
        {
            string rows = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"[{string.Join(", ", Enumerable.Range(0, 10).Select(j => i == j ? (step / 20) + number + i : (i * 7 + j * 3 + number) % (6000 / step)))}]"));
            Keep(run, "confusion/validation.json", $$"""{"classes": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "matrix": [{{rows}}], "step": {{step}}}""", step, start);
        }

        ChainLink? link = null;
        for (int step = 500; step <= Points * 10; step += 500)
        {
            link = ChainLink.After(link, step, Hex($"weights {number / 2} {step}"), Hex($"optimizer {step}"), Hex($"loader {step}"), Hex($"counters {step}"));
            run.Append(link);
        }

        File.WriteAllText(run.LogPath, string.Concat(Enumerable.Range(0, 300).Select(i => $"{start.AddSeconds(i):yyyy-MM-ddTHH:mm:ss.fffZ}\t{(i % 50 == 49 ? "err" : "out")}\tepoch {i / 20} loss {Loss(number, i):F4}\n")));
        WritePoints(run, number, start);
        return run;
    }

    /// <summary>A run that this process is writing to.</summary>
    public (RunFolder Run, EventLog Log) AddRunning(string name)
    {
        RunFolder run = Create(name, DateTimeOffset.UtcNow, RunState.Running, null, "default", []);
        File.WriteAllText(run.LogPath, "");
        return (run, EventLog.Create(run.EventsPath));
    }

    /// <summary>A run with very many metrics, each with two points.</summary>
    public RunFolder AddWide(int metrics)
    {
        RunFolder run = Create("many-metrics", Begin.AddDays(1), RunState.Finished, null, "default", []);
        using EventLog log = EventLog.Create(run.EventsPath);
        for (int i = 0; i < metrics; i++)
        {
            log.Scalar($"layer{i / 100:00}/unit{i % 100:00}", i, 0);
            log.Scalar($"layer{i / 100:00}/unit{i % 100:00}", i + 1, 1);
        }

        return run;
    }

    /// <summary>A run with one long series that has one spike.</summary>
    public RunFolder AddLong(int points, int spike)
    {
        RunFolder run = Create("long", Begin.AddDays(2), RunState.Finished, null, "default", []);
        using EventLog log = EventLog.Create(run.EventsPath);
        double begin = Begin.AddDays(2).ToUnixTimeMilliseconds() / 1000.0;
        for (int i = 0; i < points; i++)
        {
            log.Write(new ScalarEvent("loss", i, begin + (i * 0.01), i == spike ? 50 : 1 + (i % 7 * 0.01)));
        }

        return run;
    }

    /// <summary>A finished run that kept ONNX models.</summary>
    public RunFolder AddOnnx(params (string Name, byte[] Model)[] models)
    {
        RunFolder run = Create("tuned", Begin.AddDays(4), RunState.Finished, null, "default", []);
        foreach ((string name, byte[] model) in models)
        {
            run.Append(new ArtifactRecord(name, _store.Add(model), model.Length, "application/onnx", null, Begin.AddDays(4)));
        }

        return run;
    }

    /// <summary>A finished run with a name that was chosen to do harm, and nothing else.</summary>
    public RunFolder AddNamed(string name) => Create(name, Begin.AddDays(3), RunState.Finished, null, "default", new() { ["note"] = name });

    static double Loss(int number, int point) => 0.05 + (number * 0.01) + (2.2 / (1 + (point * (1 + (number % 6)) / 40.0)));

    static double Accuracy(int number, int point) => 1 - (Loss(number, point) / 3);

    static ConfigFile Configuration(int number)
    {
        string json = $$"""
            {"lr": {{Rates[number % Rates.Length].ToString(System.Globalization.CultureInfo.InvariantCulture)}}, "optimizer": "{{Optimizers[number % Optimizers.Length]}}", "model": {"width": {{Widths[number % Widths.Length]}} }, "epochs": 8, "seed": {{number}} }
            """;
        using JsonDocument values = JsonDocument.Parse(json);
        var flat = new Dictionary<string, ConfigValue>();
        Flatten(values.RootElement, "", flat);
        return new ConfigFile(flat);
    }

    static void Flatten(JsonElement value, string name, Dictionary<string, ConfigValue> flat)
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string inner = name.Length == 0 ? property.Name : $"{name}.{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Flatten(property.Value, inner, flat);
            }
            else
            {
                flat[inner] = new ConfigValue(property.Value.Clone(), property.Name == "lr" ? "command line" : "default");
            }
        }
    }

    static void WritePoints(RunFolder run, int number, DateTimeOffset start)
    {
        using EventLog log = EventLog.Create(run.EventsPath);
        double begin = start.ToUnixTimeMilliseconds() / 1000.0;
        for (int i = 0; i < Points; i++)
        {
            double time = begin + (i * 1.5);
            log.Write(new ScalarEvent("train/loss", i * 10, time, number % 7 == 3 && i > 150 ? double.NaN : Loss(number, i)));
            log.Write(new ScalarEvent("validation/accuracy", i * 10, time, Accuracy(number, i)));
            log.Write(new ScalarEvent("learning_rate", i * 10, time, Rates[number % Rates.Length] * (1 - (i / (double)Points))));
            log.Write(new ScalarEvent("system/cpu", i * 10, time, 1.5 + (i % 9 * 0.05)));
            if (i % 20 == 0)
            {
                double[] limits = [.. Enumerable.Range(-10, 21).Select(k => k * 0.1 * (1 + (i / 100.0)))];
                double[] counts = [.. Enumerable.Range(-10, 21).Select(k => (double)(121 - (k * k)))];
                log.Write(new HistogramEvent("head/weight", i * 10, time, limits, counts, limits[0] - 0.1, limits[^1], 0, counts.Sum(), counts.Sum()));
                log.Write(new ImageEvent("samples", i * 10, time, 28, 28, Picture(i)));
                log.Write(new TextEvent("sample", i * 10, time, $"Once upon a time, at step {i * 10}."));
            }
        }
    }

    void Keep(RunFolder run, string name, string text, long step, DateTimeOffset time)
        => run.Append(new ArtifactRecord(name, _store.Add(Encoding.UTF8.GetBytes(text)), text.Length, "text/plain", step, time));

    RunFolder Create(string name, DateTimeOffset start, RunState state, string? sweep, string experiment, Dictionary<string, string> tags)
        => RunFolder.Create(_lab, new RunFile(
            RunId.New(start), name, start, ProcessRecord.Current, "folder", ["ashlar", "train", "digits", "lr=0.001"], tags, new Dictionary<string, MetricSummary>(), experiment, state,
            state == RunState.Running ? null : start.AddSeconds(300), Sweep: sweep, Error: state == RunState.Failed ? "Optimizer.Step: the loss is NaN at step 1500. Lower the learning rate." : null, Weights: Hex(name)));

    static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A grey picture of 28 by 28 dots: signature, header, one compressed part, end.
    static byte[] Picture(int phase)
    {
        byte[] rows = new byte[28 * 29];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i % 29 == 0 ? (byte)0 : (byte)((i % 29 * 9) ^ (i / 29 * 9) ^ phase);
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, [0, 0, 0, 28, 0, 0, 0, 28, 8, 0, 0, 0, 0]), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. name, .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte next in bytes)
        {
            crc ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
