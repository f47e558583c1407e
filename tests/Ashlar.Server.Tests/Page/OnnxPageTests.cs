using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class OnnxPageTests(StudioBrowser browser)
{
    [Fact]
    public async Task A_models_graph_is_drawn_with_shapes()
    {
        using var folder = new TemporaryFolder();
        string id = new ExampleLab(folder.Path).AddOnnx(("models/digits.onnx", OnnxModels.Network()), ("loop.onnx", OnnxModels.Loop())).Id;
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{id}?tab=model&graph=models/digits.onnx");

        ILocator conv = page[".graph-scroll .kind-conv"];
        await Expect(conv).ToHaveCountAsync(1);
        await Expect(conv.Locator("text.shape")).ToContainTextAsync("Conv float32[batch, 8, 8, 8]");
        await Expect(conv.Locator("title")).ToContainTextAsync("float32[batch, 8, 8, 8]");
        await Expect(conv.Locator("title")).ToContainTextAsync("0.weight float32[8, 1, 3, 3]");
        await Expect(page[".graph-scroll .kind-input"]).ToContainTextAsync("image");
        await Expect(page[".graph-scroll .kind-output"]).ToContainTextAsync("shares");
        await Expect(page[".graph-facts"]).ToContainTextAsync("ai.onnx 17");
        await Expect(page[".graph-facts"]).ToContainTextAsync("<b>20261124-090000-abcdef</b>");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "table of the nodes" }).ClickAsync();
        await Expect(page[".data-table"]).ToContainTextAsync("float32[batch, 128]");
        await Expect(page[".data-table"]).ToContainTextAsync("4.weight float32[10, 128]");
        Assert.Contains("nodes=table", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_file_is_shown_where_no_graph_was_logged_and_others_are_chosen()
    {
        using var folder = new TemporaryFolder();
        string id = new ExampleLab(folder.Path).AddOnnx(("a.onnx", OnnxModels.Network()), ("loop.onnx", OnnxModels.Loop()), ("torn.onnx", [1, 2, 3])).Id;
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{id}?tab=model", refused: "torn");
        await Expect(page[".graph-scroll .kind-conv"]).ToHaveCountAsync(1);

        await page[".segments button:text-matches('^loop')"].ClickAsync();
        await Expect(page[".graph-scroll .kind-scan"]).ToHaveCountAsync(1);
        await Expect(page[".graph-facts"]).ToContainTextAsync("as the file declares them");
        await Expect(page[".graph-scroll .kind-output text.shape"]).ToContainTextAsync("float32[batch, 4]");

        await page[".segments button:text-matches('^torn')"].ClickAsync();
        await Expect(page["[role=alert]"]).ToContainTextAsync("is no model of this format");
    }
}
