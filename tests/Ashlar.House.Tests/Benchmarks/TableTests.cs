using System.Text.Json;
using Ashlar.Bench;

namespace Ashlar.House.Tests.Benchmarks;

public sealed class TableTests
{
    const string Results = "bench/results/table.json";

    [Fact]
    public void The_page_holds_the_table_of_the_results()
        => Golden.Match("docs/performance.md", PerformancePage.With(Repository.Read("docs/performance.md"), Repository.Read(Results)));

    [Fact]
    public void Names_of_rows_differ()
        => Findings.None("A row is named by its name and size.", AllRows.List.GroupBy(item => $"{item.Row.Name} {item.Row.Size}").Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Every_row_has_a_function_of_its_peers()
        => Findings.None("Row.Peer is MODULE.FUNCTION of bench/peers.", AllRows.List.Select(item => item.Row).OfType<Row>().Select(row => row.Peer).Distinct().Where(peer => !IsDefined(peer)));

    [Fact]
    public void A_function_that_is_not_there_is_found()
    {
        Assert.False(IsDefined("gemm.nothing"));
        Assert.True(IsDefined("gemm.matmul"));
    }

    [Fact]
    public void Results_are_of_rows_that_exist_and_have_the_fields_that_readers_rely_on()
    {
        using JsonDocument document = JsonDocument.Parse(Repository.Read(Results));
        Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("machine").ValueKind);
        string[] known = [.. AllRows.List.Select(item => $"{item.Row.Name} {item.Row.Size}")];
        foreach (JsonElement row in document.RootElement.GetProperty("rows").EnumerateArray())
        {
            Assert.Contains($"{row.GetProperty("name").GetString()} {row.GetProperty("size").GetString()}", known);
            Assert.InRange(row.GetProperty("threads").GetInt32(), 1, 1024);
            Assert.All(["product", "peer", "ratio", "target"], field => Assert.InRange(row.GetProperty(field).GetDouble(), double.Epsilon, double.MaxValue));
            Assert.NotEmpty(row.GetProperty("peerName").GetString()!);
            Assert.Contains(row.GetProperty("verdict").GetString(), (string[])["met", "short"]);
        }
    }

    [Theory]
    [InlineData("no marks")]
    [InlineData("<!-- written by bench/run --page: begin -->\n")]
    public void A_page_without_marks_is_refused(string page)
        => Assert.Equal("performance page: the marks of the table are missing.", Assert.Throws<ArgumentException>(() => PerformancePage.With(page, "{}")).Message);

    static bool IsDefined(string peer)
    {
        string[] parts = peer.Split('.');
        string file = $"bench/peers/{parts[0]}.py";
        return Repository.Files.Contains(file) && Repository.Read(file).Contains($"\ndef {parts[1]}(", StringComparison.Ordinal);
    }
}
