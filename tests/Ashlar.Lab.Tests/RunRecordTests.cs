namespace Ashlar.Lab.Tests;

public sealed class RunRecordTests : IDisposable
{
    const string Id = "20261122-093011-k3vqzt";

    readonly TemporaryFolder _temporary = new();

    LabFolder Lab => new(_temporary.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_file_of_a_run_is_what_the_contract_says()
    {
        RunFile file = SomeRun.File(Id, ("loss", 0.25)) with { Process = new ProcessRecord("box", 17, DateTimeOffset.UnixEpoch), Tags = new Dictionary<string, string> { ["grün"] = "é" } };

        string text = File.ReadAllText(RunFolder.Create(Lab, file).RunPath);

        Assert.Equal(
            """
            {
              "id": "20261122-093011-k3vqzt",
              "name": "some",
              "start": "2026-11-22T09:30:11.123Z",
              "process": {
                "host": "box",
                "pid": 17,
                "started": "1970-01-01T00:00:00.000Z"
              },
              "folder": "somewhere",
              "command": [
                "ashlar",
                "run",
                "some.cs"
              ],
              "tags": {
                "grün": "é"
              },
              "metrics": {
                "loss": {
                  "last": 0.25,
                  "min": 0.25,
                  "max": 0.25,
                  "step": 7,
                  "count": 1
                }
              },
              "experiment": "default",
              "state": "running",
              "end": null,
              "parent": null,
              "sweep": null,
              "exitCode": null,
              "error": null,
              "weights": null,
              "format": "ashlar run 1"
            }

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void What_was_written_is_read_numbers_that_are_none_included()
    {
        RunFile file = SomeRun.File(Id, ("a", double.NaN), ("b", double.PositiveInfinity), ("c", 0.1)) with { State = RunState.Failed, End = DateTimeOffset.UnixEpoch, Error = "line\nend", ExitCode = 139 };

        RunFile read = RunFolder.Create(Lab, file).ReadRun();

        Assert.Equal(file.Metrics, read.Metrics);
        Assert.Equal(file.Command, read.Command);
        Assert.Equal(file with { Metrics = read.Metrics, Command = read.Command, Tags = read.Tags, Process = read.Process }, read);
    }

    [Fact]
    public void A_running_one_whose_process_is_gone_is_interrupted()
    {
        RunFile file = SomeRun.File(Id);

        Assert.Equal(RunState.Running, new RunRecord(RunFolder.Create(Lab, file).Path).State);
        Assert.Equal(RunState.Interrupted, StateWith(file.Process with { Started = file.Process.Started.AddMinutes(-1) }));
        Assert.Equal(RunState.Interrupted, StateWith(file.Process with { Pid = int.MaxValue }));
        Assert.Equal(RunState.Running, StateWith(file.Process with { Pid = int.MaxValue, Host = "another machine" }));

        RunState StateWith(ProcessRecord process)
        {
            new RunFolder(Lab.PathOf(Id)).Write(file with { Process = process });
            return new RunRecord(Lab.PathOf(Id)).State;
        }
    }

    [Theory]
    [InlineData("{\"id\": \"2026", "is damaged at line 1")]
    [InlineData("", "is damaged at line 1")]
    [InlineData("null", "is null")]
    [InlineData("{}", "is damaged at line 1: JSON deserialization for type 'Ashlar.Lab.RunFile' was missing required properties")]
    [InlineData(null, "is missing")]
    public void A_damaged_file_is_named_and_the_rest_is_read(string? text, string fault)
    {
        RunFolder folder = SomeRun.Create(Lab, Id);
        folder.Write(new DataRecord([new DataFile("digits", "digits.zip", "00", 3)], []));
        File.Delete(folder.RunPath);
        if (text is not null)
        {
            File.WriteAllText(folder.RunPath, text);
        }

        var run = new RunRecord(folder.Path);

        Assert.Equal((Id, RunState.Interrupted, new DateTimeOffset(2026, 11, 22, 9, 30, 11, TimeSpan.Zero)), (run.Name, run.State, run.Start));
        Assert.Equal("digits", Assert.Single(run.Data.Files).Name);
        Assert.StartsWith($"{folder.RunPath}: {fault}", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_later_format_is_refused_by_name()
    {
        RunFolder folder = SomeRun.Create(Lab, Id);
        folder.Write(folder.ReadRun() with { Format = "ashlar run 2" });

        Assert.Equal($"{folder.RunPath}: has the format 'ashlar run 2', this program reads 'ashlar run 1'. Use the program that wrote it, or a newer one.", Assert.Throws<LabException>(folder.ReadRun).Message);
    }

    [Fact]
    public void Steps_of_the_chain_that_were_taken_twice_count_once()
    {
        RunFolder folder = SomeRun.Create(Lab, Id);
        ChainLink first = ChainLink.After(null, 10, "a", "b", "c", "d");
        ChainLink second = ChainLink.After(first, 20, "a", "b", "c", "e");
        ChainLink third = ChainLink.After(second, 30, "a", "b", "c", "f");
        ChainLink again = ChainLink.After(first, 20, "a", "b", "c", "e");
        Array.ForEach([first, second, third, again], folder.Append);

        var run = new RunRecord(folder.Path);

        Assert.Equal([first, again], run.Chain);
        Assert.All(run.Chain, link => Assert.True(link.IsSound()));
        Assert.Empty(run.Faults);
    }

    [Fact]
    public void A_torn_line_is_named_and_the_next_one_begins_anew()
    {
        RunFolder folder = SomeRun.Create(Lab, Id);
        folder.Append(new ArtifactRecord("a.txt", "00", 1, "text/plain", null, DateTimeOffset.UnixEpoch));
        File.AppendAllText(folder.ArtifactsPath, "{\"name\":\"b.t");
        folder.Append(new ArtifactRecord("c.txt", "11", 1, "text/plain", 5, DateTimeOffset.UnixEpoch));
        folder.Append(new ArtifactRecord("a.txt", "22", 1, "text/plain", 6, DateTimeOffset.UnixEpoch));
        folder.Append(new ArtifactRecord("../../d", "33", 1, "text/plain", 6, DateTimeOffset.UnixEpoch));

        var run = new RunRecord(folder.Path);

        Assert.Equal(["a.txt 22", "c.txt 11"], run.Artifacts.Select(artifact => $"{artifact.Name} {artifact.Sha256}"));
        Assert.Equal($"{folder.ArtifactsPath}: line 2 is damaged and left out.", Assert.Single(run.Faults));
    }

    [Fact]
    public async Task Tags_are_changed_beside_a_writing_process()
    {
        RunFolder folder = SomeRun.Create(Lab, Id);
        var run = new RunRecord(folder.Path);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => new RunRecord(folder.Path).SetTag($"tag{i}", "x"), TestContext.Current.CancellationToken)));
        run.SetTag("name", "value");
        run.RemoveTag("tag2");

        Assert.Equal(["name", "tag0", "tag1", "tag3"], run.Tags.Keys.Order());
        Assert.Equal(run.Tags.Keys.Order(), new RunRecord(folder.Path).Tags.Keys.Order());
    }

    [Fact]
    public void A_line_of_the_log_is_read_as_it_was_written()
    {
        var line = new LogLine(new DateTimeOffset(2026, 11, 22, 9, 30, 11, 5, TimeSpan.Zero), "err", "a\tb");

        Assert.Equal("2026-11-22T09:30:11.005Z\terr\ta\tb", line.ToString());
        Assert.Equal(line, LogLine.Parse(line.ToString()));
        Assert.Equal("no form", LogLine.Parse("no form").Text);
    }
}
