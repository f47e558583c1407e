namespace Ashlar.Lab.Events;

/// <summary>The message GraphDef, by which event files hold graphs: nodes with names, inputs and attributes.</summary>
public static class GraphDefinition
{
    /// <summary>The message for nodes.</summary>
    /// <param name="nodes">In any order; inputs that no node bears are allowed.</param>
    public static byte[] Write(IEnumerable<GraphNode> nodes)
    {
        var graph = new ProtoWriter();
        foreach (GraphNode node in nodes)
        {
            ProtoWriter message = new ProtoWriter().Text(1, node.Name).Text(2, node.Operation);
            foreach (string input in node.Inputs)
            {
                message.Text(3, input);
            }

            foreach ((string name, string text) in node.Attributes)
            {
                ProtoWriter value = new ProtoWriter().Text(2, text);
                message.Message(5, new ProtoWriter().Text(1, name).Message(2, value));
            }

            graph.Message(1, message);
        }

        // The version of the oldest producer whose graphs TensorBoard reads without converting them.
        return graph.Message(4, new ProtoWriter().Integer(1, 22)).Written.ToArray();
    }

    /// <summary>The nodes of a message, attributes as text as far as they are text, integers, numbers or truth values. What breaks the format ends the list.</summary>
    /// <param name="definition">A message GraphDef.</param>
    public static IReadOnlyList<GraphNode> Read(ReadOnlySpan<byte> definition)
    {
        var nodes = new List<GraphNode>();
        var graph = new ProtoReader(definition);
        while (graph.Next())
        {
            if (graph.Field == 1)
            {
                nodes.Add(ReadNode(graph.Bytes));
            }
        }

        return nodes;
    }

    static GraphNode ReadNode(ReadOnlySpan<byte> message)
    {
        string name = "";
        string operation = "";
        var inputs = new List<string>();
        var attributes = new List<KeyValuePair<string, string>>();
        var node = new ProtoReader(message);
        while (node.Next())
        {
            switch (node.Field)
            {
                case 1: name = node.Text; break;
                case 2: operation = node.Text; break;
                case 3: inputs.Add(node.Text); break;
                case 5: attributes.Add(ReadAttribute(node.Bytes)); break;
            }
        }

        return new GraphNode(name, operation, inputs, attributes);
    }

    static KeyValuePair<string, string> ReadAttribute(ReadOnlySpan<byte> entry)
    {
        string name = "";
        string text = "";
        var pair = new ProtoReader(entry);
        while (pair.Next())
        {
            if (pair.Field == 1)
            {
                name = pair.Text;
            }
            else if (pair.Field == 2)
            {
                var value = new ProtoReader(pair.Bytes);
                while (value.Next())
                {
                    text = value.Field switch
                    {
                        2 => value.Text,
                        3 or 6 => FormattableString.Invariant($"{value.Integer}"),
                        4 => FormattableString.Invariant($"{value.Single}"),
                        5 => value.Integer != 0 ? "true" : "false",
                        _ => text,
                    };
                }
            }
        }

        return new(name, text);
    }
}
