namespace Ashlar.Lab.Events;

/// <summary>The message HParamsPluginData in its three forms.</summary>
static class HyperparametersEncoder
{
    /// <summary>SessionStartInfo.</summary>
    public static ProtoWriter Start(HyperparametersEvent e, double wallTime)
    {
        var info = new ProtoWriter();
        foreach ((string name, object value) in e.Values)
        {
            info.Message(1, new ProtoWriter().Text(1, name).Message(2, Value(name, value)));
        }

        if (e.Group.Length > 0)
        {
            info.Text(4, e.Group);
        }

        return new ProtoWriter().Integer(1, 0).Message(3, info.Double(5, wallTime));
    }

    /// <summary>Experiment.</summary>
    public static ProtoWriter Experiment(HyperparametersExperimentEvent e, double wallTime)
    {
        ProtoWriter experiment = new ProtoWriter().Double(3, wallTime);
        foreach ((string name, HyperparameterKind kind) in e.Parameters)
        {
            experiment.Message(4, new ProtoWriter().Text(1, name).Integer(4, (int)kind));
        }

        foreach (string metric in e.Metrics)
        {
            experiment.Message(5, new ProtoWriter().Message(1, new ProtoWriter().Text(2, metric)));
        }

        return new ProtoWriter().Integer(1, 0).Message(2, experiment);
    }

    /// <summary>SessionEndInfo.</summary>
    public static ProtoWriter End(HyperparametersEndEvent e, double wallTime) =>
        new ProtoWriter().Integer(1, 0).Message(4, new ProtoWriter().Integer(1, (int)e.Status).Double(2, wallTime));

    static ProtoWriter Value(string name, object value) => value switch
    {
        double number => new ProtoWriter().Double(2, number),
        string text => new ProtoWriter().Text(3, text),
        bool truth => new ProtoWriter().Integer(4, truth ? 1 : 0),
        _ => throw new ArgumentException($"event log: hyperparameter '{name}' is of type {value.GetType().Name}. Give a double, a bool or a string.", nameof(value)),
    };
}
