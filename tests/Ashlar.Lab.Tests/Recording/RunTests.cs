using Ashlar.Data.Images;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Events;
using Ashlar.Metrics;
using Ashlar.Nn;

namespace Ashlar.Lab.Tests.Recording;

[Collection(nameof(Run))]
public sealed class RunTests : IDisposable
{
    readonly TemporaryFolder _temporary = new();
    readonly List<string> _said = [];

    LabFolder Lab => new(_temporary.At("lab"));

    RunOptions Options => new() { Lab = Lab, Code = "", KeepConsole = false, SystemEvery = null, Say = _said.Add };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void What_is_logged_is_read()
    {
        string id;
        using (Run run = Run.Start("first", Options with { Tags = new Dictionary<string, string> { ["a"] = "b" }, Experiment = "tries", Command = ["x", "y=1"] }))
        {
            id = run.Id;
            Assert.Same(run, Run.Current);
            run.Log("accuracy", 0.5, 1);
            run.Log("accuracy", 0.1, 2);
            run.Log("accuracy", Tensor.From([0.25f], 1), 3);
            run.Log("none", double.NaN, 3);
        }

        RunRecord record = Lab.Find(id);
        Assert.Equal(("first", "tries", RunState.Finished), (record.Name, record.Experiment, record.State));
        Assert.Equal(["x", "y=1"], record.File.Command);
        Assert.Equal("b", record.Tags["a"]);
        Assert.Equal(new MetricSummary(0.25, 0.1, 0.5, 3, 3), record.Metrics["accuracy"]);
        Assert.Equal([(1, 0.5), (2, 0.1), (3, 0.25)], record.Series("accuracy").Select(point => (point.Step, point.Value)));
        Assert.True(double.IsNaN(Assert.Single(record.Series("none")).Value));
        Assert.Equal(Numerics.Version, record.Host.Numerics);
        Assert.NotNull(record.End);
        Assert.Empty(_said);
    }

    [Fact]
    public void A_program_that_nobody_records_needs_no_condition()
    {
        Run run = Run.Current;

        run.Log("loss", 1, 1);
        run.LogText("note", "text");
        run.LogArtifact([1], "a.bin");
        run.LogModel(new Linear(1, 1));
        run.LogHistogram("h", Tensor.Zeros(new Shape(3)), 1);

        Assert.Equal((false, "", ""), (run.IsRecording, run.Id, run.Folder));
        Assert.Equal(3, run.Configuration<Settings>().Epochs);
    }

    [Fact]
    public void A_configuration_is_kept_with_its_sources()
    {
        using Run run = Run.Start("first", Options with { Arguments = ["epochs=7"], Values = ConfigFile.FromJson("""{"rate": 0.5, "epochs": 1}""", "f") });

        Settings settings = run.Configuration<Settings>();

        Assert.Equal((7, 0.5), (settings.Epochs, settings.Rate));
        Assert.Equal([("epochs", "7", "command line"), ("name", "\"x\"", "default"), ("rate", "0.5", "file")], Lab.Find(run.Id).Config.Values.Select(pair => (pair.Key, pair.Value.Value.GetRawText(), pair.Value.Source)).Order());
    }

    [Fact]
    public void Settings_that_nobody_looked_at_are_named()
    {
        using (Run run = Run.Start("first", Options with { Arguments = ["model.epochs=7", "rate=1", "x.y=2"] }))
        {
            run.Configuration<Settings>("model");
        }

        Assert.EndsWith("the program never looked at the settings rate, x.y. Call Run.Current.Configuration.", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_kept_by_content()
    {
        string path = _temporary.Write("plots/loss.csv", "1,2");
        using Run run = Run.Start("first", Options);

        run.LogArtifact(path);
        File.WriteAllText(path, "3,4");
        run.LogArtifact(_temporary.At("plots"), "all", step: 4);
        run.LogArtifact([1, 2, 3], "raw/x.bin");
        run.Finish();

        RunRecord record = Lab.Find(run.Id);
        Assert.Equal(["all/loss.csv text/csv 4", "loss.csv text/csv ", "raw/x.bin application/octet-stream "], record.Artifacts.Select(artifact => $"{artifact.Name} {artifact.MediaType} {artifact.Step}"));
        Assert.Equal("1,2", File.ReadAllText(Lab.Store.PathOf(record.Artifacts.Single(artifact => artifact.Name == "loss.csv").Sha256)));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("C:/x")]
    [InlineData("a\0b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        using Run run = Run.Start("first", Options);

        Assert.Throws<LabException>(() => run.LogArtifact([1], name));
        Assert.Throws<LabException>(() => run.LogTable(name, ["a"], []));
        Assert.Throws<LabException>(() => run.LogModel(new Linear(1, 1), name));
    }

    [Fact]
    public void A_missing_file_is_the_callers_mistake()
    {
        using Run run = Run.Start("first", Options);

        Assert.Equal("Run.LogArtifact: nowhere does not exist. Write the file first.", Assert.Throws<LabException>(() => run.LogArtifact("nowhere")).Message);
        Assert.Equal("Run.LogData: nowhere does not exist. Name the file that the program reads.", Assert.Throws<LabException>(() => run.LogData("d", "nowhere")).Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_once_and_the_program_goes_on()
    {
        _temporary.Write("lab", "a file where the folder should be");

        using Run run = Run.Start("first", Options);
        run.Log("loss", 1, 1);
        run.LogArtifact([1], "x");

        Assert.False(run.IsRecording);
        Assert.StartsWith($"run 'first': nothing is recorded, {Lab.RunsPath} cannot be written: ", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_fails_on_the_way_is_said_once()
    {
        using (Run run = Run.Start("first", Options))
        {
            _temporary.Write("lab/store", "a file where the folder should be");
            run.LogArtifact([1], "x");
            run.LogArtifact([2], "y");
            run.Log("loss", 1, 1);
        }

        Assert.Contains("not everything is recorded", Assert.Single(_said), StringComparison.Ordinal);
        Assert.Equal(RunState.Finished, Lab.Find("@last").State);
        Assert.Single(Lab.Find("@last").Series("loss"));
    }

    [Fact]
    public void An_unhandled_exception_ends_the_run_as_failed()
    {
        Run run = Run.Start("first", Options with { KeepConsole = true });

        run.Recorder!.OnUnhandled(null, new UnhandledExceptionEventArgs(new InvalidOperationException("no\nluck"), true));

        RunRecord record = Lab.Find(run.Id);
        Assert.Equal((RunState.Failed, "InvalidOperationException: no luck"), (record.State, record.File.Error));
        Assert.Contains(record.Log(), line => line is { Stream: "err", Text: "InvalidOperationException: no luck" });
        Assert.False(run.IsRecording);
        run.Dispose();
    }

    [Fact]
    public void A_signal_puts_everything_on_the_disk_at_once()
    {
        using Run run = Run.Start("first", Options);
        run.Log("loss", 1, 1);

        run.Recorder!.OnSignal();

        RunRecord record = Lab.Find(run.Id);
        Assert.Equal((RunState.Interrupted, 1), (record.State, record.Metrics["loss"].Count));
        Assert.Single(record.Series("loss"));
        run.Log("loss", 2, 2);
        run.Finish();
        Assert.Equal((RunState.Interrupted, 2), (Lab.Find(run.Id).State, Lab.Find(run.Id).Metrics["loss"].Count));
    }

    [Fact]
    public void The_console_is_kept_line_by_line()
    {
        TextWriter before = Console.Out;
        using var seen = new StringWriter();
        Console.SetOut(seen);
        try
        {
            using Run run = Run.Start("first", Options with { KeepConsole = true });
            Console.WriteLine("one");
            Console.Write("10%\r20%\r30%\r\n");
            Console.Write("half ");
            Console.Write('a');
            Console.WriteLine(" line");
            Console.Error.WriteLine("two");
            Console.Write("last");
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal(["out one", "out 30%", "out half a line", "err two", "out last"], Lab.Find("@last").Log().Select(line => $"{line.Stream} {line.Text}"));
        Assert.StartsWith("one", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_come_back()
    {
        using (Run run = Run.Start("first", Options))
        {
            run.LogImage("grey", Tensor.From([0f, 0.5f, 1f, 2f, -1f, float.NaN], 2, 3), 1);
            run.LogImage("first", Tensor.From([.. Enumerable.Range(0, 12).Select(i => (byte)i)], 3, 2, 2), 2);
            run.LogImage("bool", Tensor.From([true, false], 1, 2), 3);
            run.LogImage("picture", new GreyImage(1, 1, [9]), 4);
            run.LogImage("png", PngFile.Encode(1, 1, 3, [1, 2, 3]), 5);
            Assert.Contains("has the shape [4, 2, 2, 3]", Assert.Throws<ShapeException>(() => run.LogImage("x", Tensor.Zeros(new Shape(4, 2, 2, 3)), 1)).Message, StringComparison.Ordinal);
            Assert.Contains("is int32", Assert.Throws<DTypeException>(() => run.LogImage("x", Tensor.From([1], 1, 1), 1)).Message, StringComparison.Ordinal);
        }

        Dictionary<string, ImageEvent> images = EventFolder.Read(Lab.Find("@last").Files.EventsPath).OfType<ImageEvent>().ToDictionary(image => image.Tag);
        Assert.Equal([0, 128, 255, 255, 0, 0], Samples("grey"));
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], Samples("first"));
        Assert.Equal([255, 0], Samples("bool"));
        Assert.Equal([9], Samples("picture"));
        Assert.Equal([1, 2, 3], Samples("png"));
        Assert.Equal((3, 2, 1L), (images["grey"].Width, images["grey"].Height, images["grey"].Step));

        byte[] Samples(string name) => PngFile.Parse(images[name].Encoded, name).Samples;
    }

    [Fact]
    public void A_distribution_counts_every_finite_number()
    {
        using (Run run = Run.Start("first", Options))
        {
            run.LogHistogram("h", Tensor.Arange(0, 128, 1), 1);
            run.LogHistogram("same", [3, 3, double.NaN, double.PositiveInfinity], 1);
            run.LogHistogram("none", [double.NaN], 1);
            run.LogHistogram("wide", [-double.MaxValue, double.MaxValue], 1);
        }

        Dictionary<string, HistogramEvent> all = EventFolder.Read(Lab.Find("@last").Files.EventsPath).OfType<HistogramEvent>().ToDictionary(histogram => histogram.Tag);
        Assert.Equal(Enumerable.Repeat(2.0, 64), all["h"].Counts);
        Assert.Equal((0, 127, 8128, 128), (all["h"].Minimum, all["h"].Maximum, all["h"].Sum, all["h"].Count));
        Assert.Equal(127, all["h"].Limits[^1]);
        Assert.Equal([2.0], all["same"].Counts);
        Assert.Equal(0, all["none"].Count);
        Assert.Equal((1.0, 1.0), (all["wide"].Counts[0], all["wide"].Counts[^1]));
    }

    [Fact]
    public void Tables_are_artifacts_in_JSON()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Update(Tensor.From([0, 1, 1], 3), Tensor.From([0, 0, 1], 3));
        using (Run run = Run.Start("first", Options))
        {
            run.LogTable("samples", ["id", "score", "note"], [[1, 0.5, "a"], [2L, double.NaN, null]], step: 3);
            run.LogConfusionMatrix("test", matrix, 4, ["no", "yes"]);
            Assert.Equal("Run.LogTable: 'bad' has 1 columns and row 0 has 2 values. Give each row a value for each column.", Assert.Throws<LabException>(() => run.LogTable("bad", ["a"], [[1, 2]])).Message);
        }

        Assert.Equal("""{"columns":["id","score","note"],"rows":[[1,0.5,"a"],[2,"NaN",null]],"step":3}""", Artifact("tables/samples.json"));
        Assert.Equal("""{"classes":["no","yes"],"matrix":[[1,1],[0,1]],"step":4}""", Artifact("confusion/test.json"));
    }

    [Fact]
    public void A_model_is_kept_with_the_hash_of_its_weights()
    {
        var model = new Sequential(new Linear(2, 3), new ReLU());
        model.Initialize(RandomKey.FromSeed(1));
        using (Run run = Run.Start("first", Options))
        {
            run.LogModel(model, input: new Shape(1, 2));
        }

        RunRecord record = Lab.Find("@last");
        Assert.Equal(WeightsHash.Of(model.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))), record.Weights);
        using SafetensorsFile file = SafetensorsFile.Open(Lab.Store.PathOf(record.Artifacts.Single(artifact => artifact.Name == "model.safetensors").Sha256));
        Assert.Equal(record.Weights, WeightsHash.Of(file.ReadAll()));
        Assert.Equal(model.ToString(), file.Metadata["model"]);
        Assert.Contains("parameters", Artifact("model.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_are_noted_by_hash()
    {
        string path = _temporary.Write("data/a.csv", "abc");
        using (Run run = Run.Start("first", Options))
        {
            run.LogData("digits", _temporary.At("data"), fetch: "https://example.org/a.zip");
            run.LogData("digits/a.csv", path);
            run.LogSplit("train", [1, 2]);
            run.LogSplit("train", ["a", "b", "c"]);
        }

        DataRecord data = Lab.Find("@last").Data;
        Assert.Equal(new DataFile("digits/a.csv", path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3), Assert.Single(data.Files));

        // printf 'a\nb\nc\n' | sha256sum
        Assert.Equal(new DataSplit("train", 3, "880553fca8fcea94e325ee2cfb48e5a985cc797f39a14cc6d3cedecfeb2ae4d2"), Assert.Single(data.Splits));
    }

    [Fact]
    public void What_the_machine_does_is_logged_by_the_second()
    {
        using (Run.Start("first", Options with { SystemEvery = TimeSpan.FromHours(1) }))
        {
        }

        RunRecord record = Lab.Find("@last");
        Assert.True(Assert.Single(record.Series("system/memory")).Value > 1 << 20);
        Assert.Single(record.Series("system/cpu"));
        Assert.DoesNotContain("system/memory", record.Metrics.Keys);
    }

    [Fact]
    public void What_a_process_logged_that_is_gone_is_counted()
    {
        using (Run run = Run.Start("first", Options))
        {
            run.Log("loss", 1, 1);
            run.Log("loss", 2, 2);
        }

        new RunFolder(Lab.Find("@last").Folder).Update(run => run with { State = RunState.Running, Metrics = new Dictionary<string, MetricSummary>(), Process = run.Process with { Pid = int.MaxValue } });

        Assert.Equal((RunState.Interrupted, new MetricSummary(2, 1, 2, 2, 2)), (Lab.Find("@last").State, Lab.Find("@last").Metrics["loss"]));
    }

    [Fact]
    public void A_run_that_another_process_made_is_entered()
    {
        RunFolder folder = SomeRun.Create(Lab, "20261122-093011-k3vqzt", ("loss", 1));

        using (Run run = Run.Enter(folder, Options))
        {
            run.Log("loss", 2, 2);
        }

        RunRecord record = Lab.Find("@last");
        Assert.Equal((RunState.Finished, new MetricSummary(2, 1, 2, 2, 2)), (record.State, record.Metrics["loss"]));
        Assert.Equal(["ashlar", "run", "some.cs"], record.File.Command);
    }

    [Fact]
    public void A_run_goes_on_in_its_folder_and_not_beside_its_process()
    {
        Run first = Run.Start("first", Options);
        first.Log("loss", 1, 1);
        first.Finish();
        using (Run again = Run.Start("ignored", Options with { Resume = "@last" }))
        {
            Assert.Equal(first.Id, again.Id);
            again.Log("loss", 2, 2);
        }

        Assert.Equal(("first", 2), (Lab.Find(first.Id).Name, Lab.Find(first.Id).Metrics["loss"].Count));
        Assert.Equal([1.0, 2.0], Lab.Find(first.Id).Series("loss").Select(point => point.Value));
        new RunFolder(first.Folder).Update(run => run with { State = RunState.Running, Process = new ProcessRecord("another machine", 1, DateTimeOffset.UnixEpoch) });
        Assert.Equal($"run {first.Id}: process 1 on another machine is still at it. Wait for it, or stop it, and go on then.", Assert.Throws<LabException>(() => Run.Start("x", Options with { Resume = "@last" })).Message);
    }

    [Fact]
    public void Behind_its_end_nothing_is_recorded()
    {
        Run run = Run.Start("first", Options);
        run.Finish();

        run.Log("loss", 1, 1);
        run.LogArtifact([1], "x");

        Assert.Empty(Lab.Find(run.Id).Metrics);
        Assert.NotSame(run, Run.Current);
    }

    [Fact]
    public void What_is_no_point_is_refused()
    {
        using Run run = Run.Start("first", Options);

        Assert.Equal("Run.Log: 'loss' has the shape [3]; a point is one number. Take a mean, or call LogHistogram.", Assert.Throws<ShapeException>(() => run.Log("loss", Tensor.Zeros(new Shape(3)), 1)).Message);
        Assert.Throws<ArgumentException>(() => run.Log("", 1, 1));
    }

    string Artifact(string name) => File.ReadAllText(Lab.Store.PathOf(Lab.Find("@last").Artifacts.Single(artifact => artifact.Name == name).Sha256));

    sealed record Settings
    {
        public int Epochs { get; init; } = 3;

        public double Rate { get; init; } = 0.1;

        public string Name { get; init; } = "x";
    }
}
