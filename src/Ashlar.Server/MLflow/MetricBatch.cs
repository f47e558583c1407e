using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ashlar.Lab.Events;

namespace Ashlar.Server.MLflow;

/// <summary>A body of log-batch: its metrics as records of an event file, ready to be written, its parameters and tags as they are.</summary>
/// <remarks>The metrics go from JSON into records without an object between; a batch of 1000 costs some 200 µs.</remarks>
sealed class MetricBatch : IDisposable
{
    public const int LargestRequest = 1_000_000;
    public const int MostMetrics = 1000;
    public const int MostPairs = 100;
    public const int MostEntities = 1000;

    byte[] _records = ArrayPool<byte>.Shared.Rent(1 << 14);
    int _length;

    /// <summary>The run.</summary>
    public string? RunId { get; private set; }

    /// <summary>How many metrics there are.</summary>
    public int Count { get; private set; }

    /// <summary>The records of the metrics.</summary>
    public ReadOnlyMemory<byte> Records => _records.AsMemory(0, _length);

    public List<KeyValuePair<string, string>> Parameters { get; } = [];

    public List<KeyValuePair<string, string>> Tags { get; } = [];

    /// <summary>Reads a body.</summary>
    /// <exception cref="MlflowException">It is none, or passes a limit.</exception>
    public static MetricBatch Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > LargestRequest)
        {
            throw MlflowException.Invalid($"Batched logging API requests must be at most {LargestRequest} bytes, got a request of size {body.Length}.");
        }

        var batch = new MetricBatch();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 8 });
            batch.Read(ref reader);
            return batch;
        }
        catch (JsonException e)
        {
            batch.Dispose();
            throw new MlflowException("BAD_REQUEST", 400, $"The body is no JSON of the protocol: {e.Message}");
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    /// <summary>Adds one metric.</summary>
    public void Add(ReadOnlySpan<byte> key, double value, long timestamp, long step)
    {
        if (!EntityNames.IsPlain(key))
        {
            EntityNames.Check("metric", Encoding.UTF8.GetString(key));
        }

        if (timestamp < 0)
        {
            throw MlflowException.Invalid($"Got invalid timestamp {timestamp} for metric '{Encoding.UTF8.GetString(key)}' (value={value.ToString(CultureInfo.InvariantCulture)}). Timestamp must be a nonnegative long (64-bit integer)");
        }

        if (_records.Length - _length < ScalarEncoder.Most(key))
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _records.Length);
            Records.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_records);
            _records = larger;
        }

        _length += ScalarEncoder.Write(_records.AsSpan(_length), key, step, timestamp / 1000.0, value);
        Count++;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_records);
        _records = [];
    }

    void Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("run_id"u8) || reader.ValueTextEquals("run_uuid"u8))
            {
                Expect(ref reader, JsonTokenType.String, "the run's id as a text");
                RunId = reader.GetString();
            }
            else if (reader.ValueTextEquals("metrics"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray, "a list of metrics");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Metric(ref reader);
                    Limit("metrics", Count, MostMetrics);
                }
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                Pairs(ref reader, "params", Parameters);
            }
            else if (reader.ValueTextEquals("tags"u8))
            {
                Pairs(ref reader, "tags", Tags);
            }
            else
            {
                reader.Skip();
            }
        }

        Limit("metrics, params, and tags", Count + Parameters.Count + Tags.Count, MostEntities);
    }

    void Metric(ref Utf8JsonReader reader)
    {
        Begin(ref reader, "metrics");
        Span<byte> decoded = stackalloc byte[1024];
        scoped ReadOnlySpan<byte> key = default;
        bool hasKey = false;
        double? value = null;
        long? timestamp = null;
        long step = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("key"u8))
            {
                Expect(ref reader, JsonTokenType.String, "a key as a text");
                hasKey = true;
                key = !reader.ValueIsEscaped ? reader.ValueSpan
                    : reader.ValueSpan.Length <= decoded.Length ? decoded[..reader.CopyString(decoded)]
                    : Encoding.UTF8.GetBytes(reader.GetString()!);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = Real(ref reader);
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                reader.Read();
                timestamp = Whole(ref reader, "timestamp");
            }
            else if (reader.ValueTextEquals("step"u8))
            {
                reader.Read();
                step = Whole(ref reader, "step");
            }
            else
            {
                reader.Skip();
            }
        }

        if (!hasKey)
        {
            throw MlflowException.Needed($"metrics[{Count}].key");
        }

        Add(key, value ?? throw MlflowException.Needed($"metrics[{Count}].value"), timestamp ?? throw MlflowException.Needed($"metrics[{Count}].timestamp"), step);
    }

    static void Pairs(ref Utf8JsonReader reader, string name, List<KeyValuePair<string, string>> pairs)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"a list of {name}");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Begin(ref reader, name);
            string? key = null;
            string value = "";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isKey = reader.ValueTextEquals("key"u8), isValue = reader.ValueTextEquals("value"u8);
                if (!isKey && !isValue)
                {
                    reader.Skip();
                    continue;
                }

                reader.Read();
                string text = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString()!,
                    JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => throw MlflowException.Invalid($"Invalid value for parameter '{name}' supplied: key and value must be texts."),
                };
                (key, value) = isKey ? (text, value) : (key, text);
            }

            pairs.Add(new(key ?? throw MlflowException.Needed($"{name}[{pairs.Count}].key"), value));
            Limit(name, pairs.Count, MostPairs);
        }
    }

    static double Real(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out double number) => number,

        // Protobuf writes numbers that JSON does not know as texts.
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        JsonTokenType.String when Utf8Parser.TryParse(reader.ValueSpan, out double number, out int used) && used == reader.ValueSpan.Length => number,
        _ => throw MlflowException.Invalid($"Got invalid value {Shown(ref reader)} for a metric. Please specify value as a valid double (64-bit floating point)"),
    };

    static long Whole(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number,
        JsonTokenType.Number when reader.TryGetDouble(out double number) && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number => (long)number,
        JsonTokenType.String when Utf8Parser.TryParse(reader.ValueSpan, out long number, out int used) && used == reader.ValueSpan.Length => number,
        _ => throw MlflowException.Invalid($"Got invalid {name} {Shown(ref reader)} for a metric. It must be a valid long (64-bit integer)."),
    };

    static string Shown(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(80, reader.ValueSpan.Length)]) : reader.TokenType.ToString();

    static void Limit(string name, int count, int most)
    {
        if (count > most)
        {
            throw MlflowException.Invalid($"A batch logging request can contain at most {most} {name}. Got at least {count} {name}. Please split up {name} across multiple requests and try again.");
        }
    }

    static void Begin(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw MlflowException.Invalid($"Invalid value for parameter '{name}' supplied: it must be a list of objects.");
        }
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new MlflowException("BAD_REQUEST", 400, $"The body of the request is not as the protocol has it: expected {what}, found {reader.TokenType}.");
        }
    }
}
