using Ashlar.Lab.Events;

namespace Ashlar.Lab.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_event_comes_back_as_it_was_written()
    {
        LoggedEvent[] written =
        [
            new ScalarEvent("loss/train", 3, 2.5, 0.5),
            new ScalarEvent("loss/train", -4, 2.5, 0.1),
            new HistogramEvent("weights", 5, 3.5, [-1, 0, 2.5], [1, 0, 7], -1.5, 2.25, 10, 20, 8),
            new HistogramEvent("nothing", 5, 3.5, [], [], 0, 0, 0, 0, 0),
            new ImageEvent("sample", 6, 4.5, 2, 3, [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]),
            new TextEvent("note", 7, 5.5, "größer\nals 1 < 2 → ja"),
            new HyperparametersExperimentEvent(6.5, new Dictionary<string, HyperparameterKind> { ["lr"] = HyperparameterKind.Number, ["wide"] = HyperparameterKind.Truth, ["name"] = HyperparameterKind.Text }, ["accuracy"]),
            new HyperparametersEvent(6.5, new Dictionary<string, object> { ["lr"] = 0.001, ["wide"] = true, ["name"] = "adam" }, "group"),
            new HyperparametersEndEvent(7.5, HyperparametersStatus.Failure),
            new GraphEvent("", 8, 8.5, GraphDefinition.Write([new GraphNode("a", "Parameter", [], []), new GraphNode("b", "Exp", ["a"], [new("shape", "[2]")])])),
            new GraphEvent("after", 8, 8.5, [1, 2, 3]),
        ];

        using (var log = EventLog.Create(_folder.Path))
        {
            foreach (LoggedEvent e in written)
            {
                log.Write(e);
            }
        }

        Assert.Equal(written, EventFolder.Read(_folder.Path));
    }

    [Fact]
    public void A_file_begins_with_a_session()
    {
        EventLog.Create(_folder.Path).Dispose();
        EventLog.Create(_folder.Path, firstStep: 7).Dispose();

        Assert.Equal([SessionStartEvent.HidesNothing, 7], EventFolder.Files(_folder.Path).Select(file =>
        {
            using var reader = new EventFileReader(file);
            Assert.True(reader.ReadNext());
            return Assert.IsType<SessionStartEvent>(reader.Current).Step;
        }));
    }

    [Fact]
    public void Numbers_keep_every_bit()
    {
        double[] values = [0, -0.0, 1, 0.1, 0.1f, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, float.MaxValue, float.Epsilon, 1.0 / 3, 16777217];

        using (var log = EventLog.Create(_folder.Path))
        {
            for (int i = 0; i < values.Length; i++)
            {
                log.Scalar("x", values[i], i);
            }
        }

        double[] read = [.. EventFolder.Read(_folder.Path).Cast<ScalarEvent>().Select(e => e.Value)];
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void A_full_ring_waits_and_drops_nothing_from_any_thread()
    {
        const int threads = 3;
        const int points = 60_000;

        using (var log = EventLog.Create(_folder.Path))
        {
            Thread[] writers = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
            {
                for (int i = 0; i < points; i++)
                {
                    log.Scalar($"thread {t}", i, i);
                }
            }))];
            Array.ForEach(writers, writer => writer.Start());
            Array.ForEach(writers, writer => writer.Join());
        }

        ILookup<string, long> steps = EventFolder.Read(_folder.Path).ToLookup(e => e.Tag, e => e.Step);
        Assert.Equal(threads, steps.Count);
        Assert.All(steps, thread => Assert.Equal(Enumerable.Range(0, points).Select(i => (long)i), thread));
    }

    [Fact]
    public void What_was_flushed_is_in_the_file_while_the_log_is_open()
    {
        using var log = EventLog.Create(_folder.Path);
        log.Scalar("x", 1, 1);

        log.Flush();

        Assert.Single(EventFolder.Read(_folder.Path));
        Assert.Null(log.Fault);
    }

    [Fact]
    public void An_event_without_a_time_gets_the_present_one()
    {
        double before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

        using (var log = EventLog.Create(_folder.Path))
        {
            log.Write(new TextEvent("note", 0, 0, "now"));
            log.Scalar("x", 1, 1);
        }

        Assert.All(EventFolder.Read(_folder.Path), e => Assert.InRange(e.WallTime, before, before + 600));
    }

    [Fact]
    public void A_closed_log_says_so()
    {
        var log = EventLog.Create(_folder.Path);
        log.Dispose();

        Assert.Throws<ObjectDisposedException>(() => log.Scalar("x", 1, 1));
        log.Flush();
        log.Dispose();
    }

    [Fact]
    public void A_hyperparameter_of_another_type_is_refused_with_its_name()
    {
        using var log = EventLog.Create(_folder.Path);

        var e = Assert.Throws<ArgumentException>(() => log.Write(new HyperparametersEvent(0, new Dictionary<string, object> { ["layers"] = 3 })));

        Assert.StartsWith("event log: hyperparameter 'layers' is of type Int32. Give a double, a bool or a string.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_of_a_graph_come_back()
    {
        GraphNode[] nodes = [new("layer/x", "Parameter", [], []), new("layer/y", "MatMul", ["layer/x", "layer/x"], [new("dtype", "float32"), new("shape", "[2, 2]")])];

        IReadOnlyList<GraphNode> read = GraphDefinition.Read(GraphDefinition.Write(nodes));

        Assert.Equal(nodes.Select(node => node.Name), read.Select(node => node.Name));
        Assert.Equal(nodes[1].Operation, read[1].Operation);
        Assert.Equal(nodes[1].Inputs, read[1].Inputs);
        Assert.Equal(nodes[1].Attributes, read[1].Attributes);
    }
}
