namespace Ashlar.Lab.Events;

/// <summary>The message HParamsPluginData as events. Lists and structures, which hyperparameters do not have in practice, are passed over.</summary>
static class HyperparametersDecoder
{
    /// <summary>Adds the event of a message.</summary>
    public static void Decode(ReadOnlySpan<byte> message, long step, double wallTime, List<LoggedEvent> events)
    {
        var data = new ProtoReader(message);
        while (data.Next())
        {
            LoggedEvent? e = data.Field switch
            {
                2 => Experiment(data.Bytes, wallTime),
                3 => Start(data.Bytes, wallTime),
                4 => End(data.Bytes, wallTime),
                _ => null,
            };
            if (e is not null)
            {
                events.Add(e with { Step = step });
            }
        }
    }

    static HyperparametersEvent Start(ReadOnlySpan<byte> message, double wallTime)
    {
        var values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        string group = "";
        var info = new ProtoReader(message);
        while (info.Next())
        {
            if (info.Field == 1)
            {
                AddValue(info.Bytes, values);
            }
            else if (info.Field == 4)
            {
                group = info.Text;
            }
        }

        return new HyperparametersEvent(wallTime, values, group);
    }

    static void AddValue(ReadOnlySpan<byte> entry, SortedDictionary<string, object> values)
    {
        string name = "";
        object? value = null;
        var pair = new ProtoReader(entry);
        while (pair.Next())
        {
            if (pair.Field == 1)
            {
                name = pair.Text;
            }
            else if (pair.Field == 2)
            {
                var any = new ProtoReader(pair.Bytes);
                while (any.Next())
                {
                    value = any.Field switch { 2 => any.Double, 3 => any.Text, 4 => any.Integer != 0, _ => value };
                }
            }
        }

        if (value is not null)
        {
            values[name] = value;
        }
    }

    static HyperparametersExperimentEvent Experiment(ReadOnlySpan<byte> message, double wallTime)
    {
        var parameters = new SortedDictionary<string, HyperparameterKind>(StringComparer.Ordinal);
        var metrics = new List<string>();
        var experiment = new ProtoReader(message);
        while (experiment.Next())
        {
            if (experiment.Field == 4)
            {
                AddParameter(experiment.Bytes, parameters);
            }
            else if (experiment.Field == 5)
            {
                AddMetric(experiment.Bytes, metrics);
            }
        }

        return new HyperparametersExperimentEvent(wallTime, parameters, metrics);
    }

    static void AddParameter(ReadOnlySpan<byte> message, SortedDictionary<string, HyperparameterKind> parameters)
    {
        string name = "";
        long kind = 0;
        var info = new ProtoReader(message);
        while (info.Next())
        {
            if (info.Field == 1)
            {
                name = info.Text;
            }
            else if (info.Field == 4)
            {
                kind = info.Integer;
            }
        }

        parameters[name] = kind is >= 0 and <= (long)HyperparameterKind.Number ? (HyperparameterKind)kind : HyperparameterKind.Unknown;
    }

    static void AddMetric(ReadOnlySpan<byte> message, List<string> metrics)
    {
        var info = new ProtoReader(message);
        while (info.Next())
        {
            if (info.Field == 1)
            {
                var name = new ProtoReader(info.Bytes);
                while (name.Next())
                {
                    if (name.Field == 2)
                    {
                        metrics.Add(name.Text);
                    }
                }
            }
        }
    }

    static HyperparametersEndEvent End(ReadOnlySpan<byte> message, double wallTime)
    {
        long status = 0;
        var info = new ProtoReader(message);
        while (info.Next())
        {
            status = info.Field == 1 ? info.Integer : status;
        }

        return new HyperparametersEndEvent(wallTime, status is >= 0 and <= (long)HyperparametersStatus.Running ? (HyperparametersStatus)status : HyperparametersStatus.Unknown);
    }
}
