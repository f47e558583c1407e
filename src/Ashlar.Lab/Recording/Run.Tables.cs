using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ashlar.Metrics;

namespace Ashlar.Lab;

/// <content>Tables and confusion matrices: artifacts in JSON.</content>
public sealed partial class Run
{
    /// <summary>Keeps a table as the artifact <c>tables/NAME.json</c>: <c>{"columns": […], "rows": [[…]], "step": …}</c>.</summary>
    /// <param name="name">A relative path (<see cref="ArtifactName"/>).</param>
    /// <param name="columns">A name for each column.</param>
    /// <param name="rows">A value for each column: numbers, truth values, texts, null; anything else by its text.</param>
    /// <param name="step">Of the training, or null.</param>
    /// <exception cref="LabException">The name is none, or a row has another number of values than there are columns.</exception>
    public void LogTable(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, long? step = null) => Json($"tables/{name}.json", step, json =>
    {
        json.WriteStartArray("columns");
        foreach (string column in columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach ((int number, IReadOnlyList<object?> row) in rows.Index())
        {
            if (row.Count != columns.Count)
            {
                throw new LabException($"Run.LogTable: '{name}' has {columns.Count} columns and row {number} has {row.Count} values. Give each row a value for each column.");
            }

            json.WriteStartArray();
            foreach (object? value in row)
            {
                WriteCell(json, value);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    });

    /// <summary>Keeps a confusion matrix as the artifact <c>confusion/NAME.json</c>: <c>{"classes": […], "matrix": [[…]], "step": …}</c>; a row for each true class, a column for each predicted one.</summary>
    /// <param name="name">A relative path (<see cref="ArtifactName"/>).</param>
    /// <param name="matrix">The counts.</param>
    /// <param name="step">Of the training.</param>
    /// <param name="classes">Their names; null for their numbers.</param>
    /// <exception cref="LabException">The artifact's name is none, or there is another number of names than of classes.</exception>
    public void LogConfusionMatrix(string name, ConfusionMatrix matrix, long step, IReadOnlyList<string>? classes = null)
    {
        if (classes is not null && classes.Count != matrix.Classes)
        {
            throw new LabException($"Run.LogConfusionMatrix: '{name}' has {matrix.Classes} classes and {classes.Count} names were given. Give one for each.");
        }

        Json($"confusion/{name}.json", step, json =>
        {
            json.WriteStartArray("classes");
            for (int i = 0; i < matrix.Classes; i++)
            {
                json.WriteStringValue(classes?[i] ?? i.ToString(CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
            json.WriteStartArray("matrix");
            for (int actual = 0; actual < matrix.Classes; actual++)
            {
                json.WriteStartArray();
                for (int predicted = 0; predicted < matrix.Classes; predicted++)
                {
                    json.WriteNumberValue(matrix[actual, predicted]);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        });
    }

    void Json(string name, long? step, Action<Utf8JsonWriter> write)
    {
        ArtifactName.Check(name);
        if (!IsRecording)
        {
            return;
        }

        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            if (step is { } number)
            {
                json.WriteNumber("step", number);
            }
            else
            {
                json.WriteNull("step");
            }

            json.WriteEndObject();
        }

        LogArtifact(bytes.ToArray(), name, step);
    }

    // Numbers that JSON does not know are texts, as in all our files.
    static void WriteCell(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(value is IFormattable text ? text.ToString(null, CultureInfo.InvariantCulture) : value.ToString());
                break;
        }
    }
}
