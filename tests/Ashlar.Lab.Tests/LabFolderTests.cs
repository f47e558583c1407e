namespace Ashlar.Lab.Tests;

public sealed class LabFolderTests : IDisposable
{
    const string First = "20261122-093011-k3vqzt";
    const string Second = "20261122-093012-aaaaaa";
    const string Third = "20261123-000000-bbbbbb";

    readonly TemporaryFolder _temporary = new();

    LabFolder Lab => new(_temporary.Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Runs_come_newest_first_and_other_folders_are_left_out()
    {
        Fill();
        Directory.CreateDirectory(_temporary.At("runs", "notes"));

        Assert.Equal([Third, Second, First], Lab.Runs().Select(run => run.Id));
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_runs() => Assert.Empty(new LabFolder(_temporary.At("nothing")).Runs());

    [Theory]
    [InlineData(First, First)]
    [InlineData("20261122-093012", Second)]
    [InlineData("20261123", Third)]
    [InlineData("@last", Third)]
    [InlineData("@best:accuracy", Second)]
    [InlineData("@best:-loss", First)]
    [InlineData("@best:loss", Second)]
    public void A_run_is_found_by_a_reference(string reference, string id)
    {
        Fill();

        Assert.Equal(id, Lab.Find(reference).Id);
    }

    [Theory]
    [InlineData("20261122", "run '20261122': 2 runs begin with it: 20261122-093012-aaaaaa, 20261122-093011-k3vqzt. Give more letters.")]
    [InlineData("x", "run 'x': no run of RUNS begins with it. List them: ashlar runs ls")]
    [InlineData("", "run '': no run of RUNS begins with it. List them: ashlar runs ls")]
    [InlineData("../..", "run '../..': no run of RUNS begins with it. List them: ashlar runs ls")]
    [InlineData("@best:los", "@best:los: no run has a metric 'los'. There are accuracy, loss.")]
    public void What_is_not_found_is_said(string reference, string message)
    {
        Fill();

        Assert.Equal(message, Assert.Throws<LabException>(() => Lab.Find(reference)).Message.Replace(Lab.RunsPath, "RUNS", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_an_id_names_a_folder()
        => Assert.Equal("'../x' is no id of a run; one looks like 20261122-093011-k3vqzt. List them: ashlar runs ls", Assert.Throws<LabException>(() => Lab.PathOf("../x")).Message);

    [Fact]
    public void An_id_is_taken_once()
    {
        Fill();

        Assert.StartsWith($"run {First}: exists already", Assert.Throws<LabException>(() => SomeRun.Create(Lab, First)).Message, StringComparison.Ordinal);
    }

    void Fill()
    {
        SomeRun.Create(Lab, First, ("accuracy", 0.5), ("loss", 1));
        SomeRun.Create(Lab, Second, ("accuracy", 0.75), ("loss", 2));
        SomeRun.Create(Lab, Third, ("accuracy", double.NaN));
    }
}
