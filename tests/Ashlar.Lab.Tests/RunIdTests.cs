namespace Ashlar.Lab.Tests;

public sealed class RunIdTests
{
    [Fact]
    public void An_id_begins_with_the_time_in_UTC()
    {
        string id = RunId.New(new DateTimeOffset(2026, 11, 22, 10, 30, 11, TimeSpan.FromHours(1)));

        Assert.StartsWith("20261122-093011-", id, StringComparison.Ordinal);
        Assert.True(RunId.IsValid(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20261122-093011")]
    [InlineData("20261322-093011-k3vqzt")]
    [InlineData("20261122-093011-k3vqzo")]
    [InlineData("20261122-093011-K3VQZT")]
    [InlineData("20261122-093011-../../")]
    [InlineData("20261122-093011-k3vqzt/")]
    public void What_is_no_id_is_refused(string text) => Assert.False(RunId.IsValid(text));

    [Fact]
    public void Two_ids_of_one_second_differ()
    {
        var time = DateTimeOffset.UnixEpoch;

        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => RunId.New(time)).Distinct().Count());
    }
}
