using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

/// <summary>Records whose checksums are right and whose content is damaged, so that the damage reaches the decoder.</summary>
public sealed class EventFuzzTests
{
    const int PerRecord = 4000;

    static readonly LoggedEvent[] Events =
    [
        new ScalarEvent("loss", 3, 2.5, 0.1),
        new HistogramEvent("weights", 5, 3.5, [-1, 0, 2.5], [1, 0, 7], -1.5, 2.25, 10, 20, 8),
        new ImageEvent("sample", 6, 4.5, 2, 3, new byte[40]),
        new TextEvent("note", 7, 5.5, "größer"),
        new HyperparametersExperimentEvent(6.5, new Dictionary<string, HyperparameterKind> { ["lr"] = HyperparameterKind.Number }, ["accuracy"]),
        new HyperparametersEvent(6.5, new Dictionary<string, object> { ["lr"] = 0.001, ["wide"] = true, ["name"] = "adam" }, "group"),
        new GraphEvent("after", 8, 8.5, GraphDefinition.Write([new GraphNode("b", "Exp", ["a"], [new("shape", "[2]")])])),
    ];

    [Fact]
    public void Damaged_records_are_read_or_passed_over_within_bounded_memory()
    {
        ulong state = 20261122;
        var tags = new TagNames();
        var events = new List<LoggedEvent>();
        foreach (LoggedEvent e in Events)
        {
            byte[] record = Record(e);
            for (int i = 0; i < PerRecord; i++)
            {
                byte[] damaged = Damage(record, ref state);
                events.Clear();
                long before = GC.GetAllocatedBytesForCurrentThread();

                EventDecoder.Decode(damaged, tags, events);
                foreach (GraphEvent graph in events.OfType<GraphEvent>())
                {
                    GraphDefinition.Read(graph.Definition);
                }

                // A byte of a record may become an element of 8 bytes in a list that doubles, a tag, a node with its lists.
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000 + (200 * damaged.Length));
            }
        }
    }

    [Fact]
    public void A_record_cut_anywhere_is_no_message_or_a_shorter_one()
    {
        foreach (LoggedEvent e in Events)
        {
            byte[] record = Record(e);
            for (int length = 0; length < record.Length; length++)
            {
                var events = new List<LoggedEvent>();

                EventDecoder.Decode(record.AsSpan(0, length), new TagNames(), events);

                Assert.DoesNotContain(e, events);
            }
        }
    }

    static byte[] Record(LoggedEvent e)
    {
        if (e is ScalarEvent scalar)
        {
            var bytes = new byte[200];
            int length = ScalarEncoder.Write(bytes, "loss"u8, scalar.Step, scalar.WallTime, scalar.Value);
            return bytes[RecordFrame.Before..(length - RecordFrame.Behind)];
        }

        return EventEncoder.Encode(e, e.WallTime)[RecordFrame.Before..^RecordFrame.Behind];
    }

    // One to four bytes become others, or a part is taken out or doubled.
    static byte[] Damage(byte[] record, ref ulong state)
    {
        List<byte> bytes = [.. record];
        for (uint count = (Next(ref state) % 4) + 1; count > 0 && bytes.Count > 0; count--)
        {
            int at = (int)(Next(ref state) % (uint)bytes.Count);
            int length = (int)Math.Min(Next(ref state) % 9, (uint)(bytes.Count - at));
            switch (Next(ref state) % 4)
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 2: bytes[at] = 0xFF; break;
                default: bytes[at] = (byte)Next(ref state); break;
            }
        }

        return [.. bytes];
    }

    // SplitMix64.
    static uint Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)(z >> 32);
    }
}
