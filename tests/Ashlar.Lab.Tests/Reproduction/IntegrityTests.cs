using Ashlar.Lab.Reproduction;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Tests.Reproduction;

/// <summary>Level 0 on records made by hand.</summary>
public sealed class IntegrityTests : IDisposable
{
    const string Id = "20261122-093011-aaaaaa";

    readonly TemporaryFolder _folder = new();
    readonly LabFolder _lab;
    readonly ArtifactStore _store;
    readonly RunFolder _run;

    public IntegrityTests()
    {
        _lab = new LabFolder(_folder.At("lab"));
        _store = _lab.Store;
        _run = RunFolder.Create(_lab, SomeRun.File(Id) with { State = RunState.Finished, Weights = WeightsHash.Of([]) });
        _run.Write(new HostRecord("m", "s", "x64", "r", "a", 1, 2, 2, "256", 1, ""));
        _run.Write(new CodeRecord("main.cs", [new CodeFile("main.cs", _store.Add("code"u8), 4)], null, []));
        _run.Write(new DataRecord([new DataFile("images", _folder.Write("images.bin", "pixels"), HashOf("pixels"), 6)], []));
        _run.Append(new ArtifactRecord("plot.png", _store.Add("plot"u8), 4, "image/png", null, DateTimeOffset.UnixEpoch));
        ChainLink first = ChainLink.After(null, 10, "w1", "o1", "l1", "c1");
        _run.Append(first);
        _run.Append(ChainLink.After(first, 20, "w2", "o2", "l2", "c2"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_record_holds()
    {
        ReproductionReport report = Report();

        Assert.Equal(Verdict.Equal, report.Verdict);
        Assert.Equal(["source files in the store", "artifact files in the store", "chain is whole", "data images"], report.Rows.Select(row => row.Claim));
        Assert.All(report.Rows, row => Assert.Equal("equal", row.Word));
    }

    [Fact]
    public void A_byte_of_a_stored_source_that_changed_is_named()
    {
        string path = _store.PathOf(HashOf("code"));
        File.WriteAllText(path, "cope");

        VerdictRow row = Assert.Single(Report().Rows, row => row.Verdict == Verdict.Differs);
        Assert.Equal(("source main.cs", HashOf("code")[..12], HashOf("cope")[..12], "its bytes in the store are others"), (row.Claim, row.Recorded, row.Reproduced, row.Difference));
    }

    [Fact]
    public void An_artifact_that_is_gone_is_named()
    {
        File.Delete(_store.PathOf(HashOf("plot")));

        Assert.Equal(("artifact plot.png", "the store does not have it"), Only(Report()));
    }

    [Fact]
    public void A_byte_of_data_that_changed_is_named()
    {
        File.WriteAllText(_folder.At("images.bin"), "pixelz");

        Assert.Equal(("data images", $"{_folder.At("images.bin")} has other bytes (6 of 6)"), Only(Report()));
    }

    [Fact]
    public void Data_that_is_absent_fails_until_it_is_named()
    {
        File.Move(_folder.At("images.bin"), _folder.At("elsewhere"));

        ReproductionReport absent = Report(), named = Report(new ReproductionOptions { Level = ReproductionLevel.Integrity, Data = new Dictionary<string, string> { ["images"] = _folder.At("elsewhere") } });

        Assert.Equal(Verdict.Failed, absent.Verdict);
        Assert.Equal($"{_folder.At("images.bin")} is absent. Name the file: --data images=PATH", absent.Rows[^1].Difference);
        Assert.Equal(Verdict.Equal, named.Verdict);
    }

    [Fact]
    public void Data_that_the_run_does_not_have_cannot_be_named()
    {
        var error = Assert.Throws<LabException>(() => Report(new ReproductionOptions { Data = new Dictionary<string, string> { ["labels"] = "x" } }));

        Assert.Equal("reproduce: the run has no data 'labels'. It has images.", error.Message);
    }

    [Fact]
    public void A_link_that_was_changed_or_taken_out_is_named()
    {
        string[] lines = File.ReadAllLines(_run.ChainPath);
        File.WriteAllText(_run.ChainPath, $"{lines[0].Replace("w1", "w9", StringComparison.Ordinal)}\n{lines[1]}\n");
        (string, string) changed = Only(Report());
        File.WriteAllText(_run.ChainPath, $"{lines[1]}\n");
        (string, string) gone = Only(Report());

        Assert.Equal(("chain is whole", "the link of step 10 does not hash to its own hash"), changed);
        Assert.Equal(("chain is whole", "the first link, of step 20, follows one that is not there"), gone);
    }

    [Fact]
    public void Weights_that_are_not_in_the_model_are_named()
    {
        string path = _folder.At("model.safetensors");
        SafetensorsWriter.Save(path, [SafetensorsTensor.From("a", Tensor.From([1f], 1))], new Dictionary<string, string>());
        _run.Append(new ArtifactRecord("model.safetensors", _store.Add(path), 1, "application/octet-stream", null, DateTimeOffset.UnixEpoch));

        Assert.Equal(("weights in the model", "model.safetensors holds other weights"), Only(Report()));
    }

    [Fact]
    public void A_damaged_file_of_the_record_is_named()
    {
        File.WriteAllText(_run.CodePath, "{");

        VerdictRow row = Assert.Single(Report().Rows, row => row.Verdict == Verdict.Differs);
        Assert.Equal("record", row.Claim);
        Assert.StartsWith($"{_run.CodePath}: is damaged at line 1", row.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_leads_out_of_its_folder_is_not_written()
    {
        _run.Write(new CodeRecord("../../main.cs", [new CodeFile("../../main.cs", _store.Add("code"u8), 4)], null, []));

        var error = Assert.Throws<LabException>(() => Report(new ReproductionOptions { Level = ReproductionLevel.Build, WorkFolder = _folder.At("work") }));

        Assert.Equal("reproduce: the recorded source '../../main.cs' leads out of its folder. The record is damaged or hostile; nothing of it was run.", error.Message);
        Assert.False(File.Exists(_folder.At("main.cs")));
    }

    [Fact]
    public void A_program_that_is_not_among_its_sources_is_not_built()
    {
        _run.Write(new CodeRecord("/etc/other.cs", [new CodeFile("main.cs", _store.Add("code"u8), 4)], null, []));

        var error = Assert.Throws<LabException>(() => Report(new ReproductionOptions { Level = ReproductionLevel.Build, WorkFolder = _folder.At("work") }));

        Assert.Equal("reproduce: the program '/etc/other.cs' is not among the recorded sources. The record is damaged or hostile; nothing of it was run.", error.Message);
    }

    [Fact]
    public void A_run_without_a_program_says_how_to_have_one()
    {
        _run.Write(new CodeRecord(null, [], null, []));

        var error = Assert.Throws<LabException>(() => Report(new ReproductionOptions { Level = ReproductionLevel.Build, WorkFolder = _folder.At("work") }));

        Assert.Equal("reproduce: run 20261122-093011-aaaaaa has no record of its program. Start programs with ashlar run SCRIPT.cs to have it recorded.", error.Message);
    }

    [Fact]
    public void Nothing_is_started_from_what_was_not_recorded()
    {
        File.WriteAllText(_folder.At("images.bin"), "pixelz");

        ReproductionReport report = Report(new ReproductionOptions());

        Assert.Equal(("run", "not checked"), (report.Rows[^1].Claim, report.Rows[^1].Word));
        Assert.Equal(Verdict.Differs, report.Verdict);
    }

    [Fact]
    public void A_work_folder_must_be_empty()
    {
        var error = Assert.Throws<LabException>(() => Report(new ReproductionOptions { WorkFolder = _folder.Path }));

        Assert.Equal($"reproduce: {_folder.Path} is not empty. Name an empty folder: what is in it must not decide the result.", error.Message);
    }

    [Fact]
    public void The_cost_is_said_before()
        => Assert.StartsWith("level 0 hashes 3 files (0.0 MB): about ", new Reproducer(_lab, new RunRecord(_run.Path), new ReproductionOptions { Level = ReproductionLevel.Integrity }).Cost.Text, StringComparison.Ordinal);

    [Fact]
    public void A_report_is_one_object_of_JSON()
        => Assert.Matches("""^\{"run":"20261122-093011-aaaaaa","level":0,"time":"[^"]+Z","verdict":"equal","claims":\[\{"claim":"source files in the store","recorded":"1 hashes","reproduced":"1 hashes","difference":"","verdict":"equal"\},""", Report().ToJson());

    static (string, string) Only(ReproductionReport report)
    {
        VerdictRow row = Assert.Single(report.Rows, row => row.Verdict == Verdict.Differs);
        return (row.Claim, row.Difference);
    }

    static string HashOf(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    ReproductionReport Report(ReproductionOptions? options = null) => new Reproducer(_lab, new RunRecord(_run.Path), options ?? new ReproductionOptions { Level = ReproductionLevel.Integrity }).Run();
}
