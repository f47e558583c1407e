using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>Reads the description of a sweep.</summary>
public static class SweepFile
{
    const int DefaultTrials = 20;

    /// <summary>The sweep of a JSON text.</summary>
    /// <param name="json">The text; comments and trailing commas may stand in it.</param>
    /// <param name="name">The file's name, for messages; without its ending the sweep's name, unless the text gives one.</param>
    /// <exception cref="SweepException">The text is no JSON, or no sweep; all faults are listed.</exception>
    public static SweepSpec Parse(string json, string name)
    {
        var faults = new List<string>();
        SweepSpec? spec = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new SweepException($"sweep: {name} holds no object. Describe a sweep by program, metric and parameters; see docs/sweeps.md.");
            }

            spec = Read(new SweepObject("", document.RootElement, faults), name);
        }
        catch (JsonException e)
        {
            throw new SweepException($"sweep: {name} is no JSON: {e.Message}");
        }

        return faults.Count == 0 ? spec : throw new SweepException($"sweep: {name}: {string.Join("; ", faults)}.");
    }

    static SweepSpec Read(SweepObject file, string name)
    {
        SweepMethod method = file.Word("method", "random", "grid", "tpe", "halving") switch { "grid" => SweepMethod.Grid, "tpe" => SweepMethod.Tpe, "halving" => SweepMethod.Halving, _ => SweepMethod.Random };
        int? trials = (int?)file.Whole("trials", 1) ?? (method == SweepMethod.Grid ? null : DefaultTrials);
        var spec = new SweepSpec
        {
            Name = file.Text("name") ?? Path.GetFileNameWithoutExtension(name),
            Program = file.Required("program", "train.cs"),
            Metric = file.Required("metric", "accuracy"),
            Maximize = file.Truth("maximize"),
            TakesBest = file.Word("take", "last", "best") == "best",
            Method = method,
            Trials = trials,
            Seed = file.Whole("seed", long.MinValue, long.MaxValue) ?? 0,
            Batch = (int)(file.Whole("batch", 1) ?? 4),
            Startup = (int)(file.Whole("startup", 1) ?? 12),
            Parameters = ReadParameters(file, method),
            Fixed = [.. (file.Inner("fixed")?.All() ?? []).Select(property => KeyValuePair.Create(property.Name, property.Value.Clone()))],
            Budget = ReadBudget(file),
            Experiment = file.Text("experiment") ?? "default",
        };
        if (method == SweepMethod.Halving != spec.Budget is not null)
        {
            file.Fault(spec.Budget is null ? "budget is missing; halving needs such as budget: {setting: epochs, min: 1, max: 27}" : "budget is for the method halving");
        }

        string[] settings = [.. spec.Parameters.Select(parameter => parameter.Name), .. spec.Fixed.Select(value => value.Key), .. spec.Budget is null ? (string[])[] : [spec.Budget.Setting]];
        foreach (string twice in settings.GroupBy(setting => setting).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            file.Fault($"the setting '{twice}' is given twice among parameters, fixed and budget");
        }

        file.Finish();
        return spec;
    }

    static SweepBudget? ReadBudget(SweepObject file)
    {
        if (file.Inner("budget") is not { } budget)
        {
            return null;
        }

        var read = new SweepBudget(budget.Required("setting", "epochs"), budget.Whole("min", 1, long.MaxValue / 1024) ?? 1, budget.Whole("max", 1, long.MaxValue / 1024) ?? 27, (int)(budget.Whole("factor", 2, 1024) ?? 3));
        budget.Finish();
        if (read.Maximum < read.Minimum)
        {
            budget.Fault($"max {read.Maximum} is below min {read.Minimum}");
        }

        return read;
    }

    static List<SweepParameter> ReadParameters(SweepObject file, SweepMethod method)
    {
        var parameters = new List<SweepParameter>();
        JsonProperty[] properties = [.. file.Inner("parameters")?.All() ?? []];
        foreach (JsonProperty property in properties)
        {
            if (ReadParameter(property, file) is { } parameter)
            {
                parameters.Add(parameter);
                if (method == SweepMethod.Grid && parameter.Count is null)
                {
                    file.Fault($"parameters.{property.Name} is a continuous range, of which a grid has no values; add points: 5, step: 0.1 or integer: true");
                }
            }
        }

        if (!file.Has("parameters"))
        {
            file.Fault("parameters is missing; write such as parameters: {lr: {min: 0.001, max: 0.1, scale: log}, width: [32, 64]}");
        }
        else if (properties.Length == 0)
        {
            file.Fault("parameters names none");
        }

        return parameters;
    }

    static SweepParameter? ReadParameter(JsonProperty property, SweepObject file)
    {
        if (property.Value.ValueKind == JsonValueKind.Array)
        {
            return ReadChoice(property.Name, property.Value, file);
        }

        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            file.Fault($"parameters.{property.Name} is {property.Value.GetRawText()}; a list of values or a range {{min: …, max: …}} is wanted; one value that all trials get belongs to fixed");
            return null;
        }

        SweepObject range = file.Inner("parameters")!.Inner(property.Name)!;
        SweepParameter? parameter = range.Field("values") is { } values ? ReadChoice(property.Name, values, file) : ReadRange(property.Name, range);
        range.Finish();
        return parameter;
    }

    static SweepParameter? ReadChoice(string name, JsonElement values, SweepObject file)
    {
        if (values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return SweepParameter.Choice(name, [.. values.EnumerateArray().Select(value => value.Clone())]);
        }

        file.Fault($"parameters.{name}: the values are {values.GetRawText()}; a list of one or more is wanted");
        return null;
    }

    static SweepParameter? ReadRange(string name, SweepObject range)
    {
        double? minimum = range.Number("min"), maximum = range.Number("max"), step = range.Number("step");
        bool isLog = range.Word("scale", "linear", "log") == "log", isInteger = range.Truth("integer");
        int? points = (int?)range.Whole("points", 2);
        string? fault = minimum is null || maximum is null ? "min and max are wanted, or values"
            : !(maximum > minimum) ? FormattableString.Invariant($"max {maximum} is not above min {minimum}")
            : isLog && minimum <= 0 ? FormattableString.Invariant($"a logarithmic scale begins above 0, not at {minimum}")
            : step <= 0 ? FormattableString.Invariant($"the step is {step}; above 0 is wanted")
            : points is not null && (isInteger || step is not null) ? "points stands with neither integer nor step"
            : isInteger && !(double.IsInteger(minimum.Value) && double.IsInteger(step ?? 1)) ? "whole numbers have a whole min and step"
            : (maximum - minimum) / (step ?? 1) > 1e6 && (isInteger || step is not null) ? "the range has more than a million steps; leave integer and step out, or take a larger step"
            : null;
        if (fault is not null)
        {
            range.Fault(fault);
            return null;
        }

        return points is not null ? SweepParameter.Points(name, minimum!.Value, maximum!.Value, points.Value, isLog)
            : isInteger || step is not null ? SweepParameter.Steps(name, minimum!.Value, maximum!.Value, step ?? 1, isLog)
            : SweepParameter.Range(name, minimum!.Value, maximum!.Value, isLog);
    }
}
