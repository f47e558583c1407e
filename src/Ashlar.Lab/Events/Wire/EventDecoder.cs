namespace Ashlar.Lab.Events;

/// <summary>Records of the message Event as events. What is of no kind known here (audio, meshes, other plugins) gives none.</summary>
static class EventDecoder
{
    /// <summary>Adds the events of a record: none, one, or several when a summary holds several values. False when the record breaks the format of the message.</summary>
    public static bool Decode(ReadOnlySpan<byte> record, TagNames tags, List<LoggedEvent> events)
    {
        double wallTime = 0;
        long step = 0;
        ReadOnlySpan<byte> summary = default;
        ReadOnlySpan<byte> session = default;
        ReadOnlySpan<byte> graph = default;
        var proto = new ProtoReader(record);
        while (proto.Next())
        {
            switch (proto.Field)
            {
                case 1: wallTime = proto.Double; break;
                case 2: step = proto.Integer; break;
                case 4: graph = proto.Bytes; break;
                case 5: summary = proto.Bytes; break;
                case 7: session = proto.Bytes; break;
            }
        }

        if (IsSessionStart(session))
        {
            events.Add(new SessionStartEvent(step, wallTime));
        }

        if (!graph.IsEmpty)
        {
            events.Add(new GraphEvent("", step, wallTime, graph.ToArray()));
        }

        var values = new ProtoReader(summary);
        while (values.Next())
        {
            if (values.Field == 1)
            {
                SummaryDecoder.Decode(values.Bytes, step, wallTime, tags, events);
            }
        }

        return !proto.IsBroken && !values.IsBroken;
    }

    /// <summary>The step of a record that begins a session; null for any other.</summary>
    public static long? SessionStart(ReadOnlySpan<byte> record)
    {
        long step = 0;
        bool isStart = false;
        var proto = new ProtoReader(record);
        while (proto.Next())
        {
            if (proto.Field == 2)
            {
                step = proto.Integer;
            }
            else if (proto.Field == 7)
            {
                isStart = IsSessionStart(proto.Bytes);
            }
        }

        return isStart ? step : null;
    }

    static bool IsSessionStart(ReadOnlySpan<byte> message)
    {
        bool isStart = false;
        var session = new ProtoReader(message);
        while (session.Next())
        {
            isStart = session.Field == 1 ? session.Integer == 1 : isStart;
        }

        return isStart;
    }
}
