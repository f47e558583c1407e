using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf.Collections;

namespace Ashlar.Onnx;

/// <summary>Models that were exported for training: dropouts that drop, batch normalisations that take the batch.</summary>
static class TrainingForm
{
    const string Norm = "BatchNormalization";

    /// <summary>A copy for evaluation: dropouts are idle, batch normalisations take their running statistics.</summary>
    /// <returns>The model itself where it is that already.</returns>
    public static ModelProto Evaluated(ModelProto model)
    {
        long opset = Opset(model);
        if (!Nodes(model.Graph).Any(node => Trains(node, opset)))
        {
            return model;
        }

        ModelProto copy = model.Clone();
        Evaluate(copy.Graph, opset);
        return copy;
    }

    /// <summary>A copy whose batch normalisations of the outermost graph also give mean and variance of the batch, as outputs behind the model's own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="statistics">Names of running statistics.</param>
    /// <returns>The copy, and for each such output the statistic that it moves, and the share of the old value.</returns>
    public static (ModelProto Model, IReadOnlyList<(string Statistic, double Momentum)> Moves) WithBatches(ModelProto model, IReadOnlyCollection<string> statistics)
    {
        long opset = Opset(model);
        bool Moves(NodeProto node) => node.OpType == Norm && Trains(node, opset) && node.Input.Skip(3).All(statistics.Contains);
        if (!model.Graph.Node.Any(Moves))
        {
            return (model, []);
        }

        ModelProto copy = model.Clone();
        var moves = new List<(string, double)>();
        foreach (NodeProto node in copy.Graph.Node.Where(Moves))
        {
            for (int output = node.Output.Count; output < 5; output++)
            {
                node.Output.Add("");
            }

            for (int k = 0; k < 2; k++)
            {
                // What a batch had stands behind the running statistics; from version 14 on the format does not list it any more.
                node.Output[3 + k] = node.Output[3 + k].Length > 0 ? node.Output[3 + k] : $"{node.Output[0]}/batch {k}";
                copy.Graph.Output.Add(new ValueInfoProto { Name = node.Output[3 + k] });
                moves.Add((node.Input[3 + k], node.Attribute.FirstOrDefault(attribute => attribute.Name == "momentum")?.F ?? 0.9f));
            }
        }

        return (copy, moves);
    }

    static void Evaluate(GraphProto graph, long opset)
    {
        HashSet<string> read = [.. graph.Output.Select(output => output.Name), .. Nodes(graph).SelectMany(node => node.Input)];
        foreach (NodeProto node in graph.Node.ToArray())
        {
            foreach (GraphProto body in node.Bodies())
            {
                Evaluate(body, opset);
            }

            if (!Trains(node, opset))
            {
                continue;
            }

            if (node.OpType == Norm)
            {
                // Who reads a moved statistic, or what the batch had, gets the statistic as it is.
                for (int output = 1; output < node.Output.Count; output++)
                {
                    if (read.Contains(node.Output[output]))
                    {
                        graph.Node.Insert(graph.Node.IndexOf(node), new NodeProto { OpType = "Identity", Name = node.Output[output], Input = { node.Input[3 + ((output - 1) % 2)] }, Output = { node.Output[output] } });
                    }
                }

                Keep(node.Output, 1);
                Set(node, opset >= 14 ? "training_mode" : "is_test", opset >= 14 ? 0 : 1, opset is >= 14 or < 7);
            }
            else
            {
                Keep(node.Input, 2);
                Set(node, "is_test", 1, opset < 7);
            }
        }
    }

    static bool Trains(NodeProto node, long opset) => node.Domain is "" or "ai.onnx" && node.OpType switch
    {
        Norm when opset >= 14 => Flag(node, "training_mode"),
        Norm when opset >= 7 => node.Output.Skip(1).Any(output => output.Length > 0),
        "Dropout" when opset >= 12 => node.Input.Count > 2 && node.Input[2].Length > 0,
        Norm or "Dropout" => opset < 7 && !Flag(node, "is_test"),
        _ => false,
    };

    static bool Flag(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { I: not 0 };

    static void Set(NodeProto node, string name, long value, bool isKnown)
    {
        foreach (AttributeProto old in node.Attribute.Where(attribute => attribute.Name == name).ToArray())
        {
            node.Attribute.Remove(old);
        }

        if (isKnown)
        {
            node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value });
        }
    }

    static void Keep(RepeatedField<string> names, int count)
    {
        while (names.Count > count)
        {
            names.RemoveAt(names.Count - 1);
        }
    }

    static long Opset(ModelProto model) => ProgramBuilder.Opsets(model.OpsetImport).GetValueOrDefault("", 1);

    static IEnumerable<NodeProto> Nodes(GraphProto graph) => graph.Node.SelectMany(node => node.Bodies().SelectMany(Nodes).Prepend(node));
}
