using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class RunPageTests(StudioBrowser browser)
{
    [Fact]
    public async Task A_run_shows_what_it_was_made_of()
    {
        await using StudioPage page = await Open(3);

        await Expect(page["h1"]).ToHaveTextAsync("digits-03");
        await Expect(page.Page.GetByText("$ ashlar reproduce")).ToHaveCountAsync(0);
        await Expect(page[".command"].Filter(new() { HasText = "ashlar reproduce" })).ToBeVisibleAsync();
        await Expect(page["table.plain"].First).ToContainTextAsync("command line");
        await Tab(page, "histograms");
        await Expect(page[".ridges path.front"]).ToHaveCountAsync(1);
        await Tab(page, "images");
        await page.Until("() => [...document.querySelectorAll('.images img')].some(image => image.complete && image.naturalWidth === 28)");
        await Tab(page, "text");
        await Expect(page[".texts li"].First).ToContainTextAsync("at step 1800");
        await Tab(page, "tables");
        await Expect(page[".data-table"]).ToContainTextAsync("b.png");
        await Tab(page, "confusion");
        await Expect(page[".matrix tbody tr"]).ToHaveCountAsync(10);
        await Expect(page[".chart-bar"]).ToContainTextAsync("step 2000");
        await Tab(page, "log");
        await Expect(page[".log-lines"]).ToContainTextAsync("epoch 14");
        await Tab(page, "system");
        await Expect(page[".side"]).ToContainTextAsync("bench-1");
        await Expect(page[".chart-card h3"]).ToHaveTextAsync("system/cpu");
        await Tab(page, "code");
        await Expect(page[".code-lines .added"]).ToContainTextAsync(["+new"]);
        await page[".file-list button"].ClickAsync();
        await Expect(page[".code-lines"]).ToContainTextAsync("optimizer.Step");
        await Tab(page, "model");
        await Expect(page[".summary"]).ToContainTextAsync("Linear");
        await Tab(page, "artifacts");
        await Expect(page["table.plain"]).ToContainTextAsync("model.safetensors");
        await Expect(page["table[aria-label='hash chain']"]).ToHaveAttributeAsync("aria-rowcount", "5");
    }

    [Fact]
    public async Task A_run_that_failed_says_why()
    {
        await using StudioPage page = await Open(5);

        await Expect(page["[role=alert]"]).ToContainTextAsync("Lower the learning rate");
        await Expect(page[".run-head .state"]).ToHaveTextAsync("failed");
    }

    [Fact]
    public async Task A_run_is_renamed_tagged_and_removed()
    {
        using var folder = new TemporaryFolder();
        string id = new ExampleLab(folder.Path).Add(1).Id;
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{id}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "name, tags, removal" }).ClickAsync();

        await page["dialog input[name=name]"].FillAsync("better");
        await page["dialog"].GetByText("Rename").ClickAsync();
        await Expect(page["h1"]).ToHaveTextAsync("better");
        await page["dialog input[name=key]"].FillAsync("stage");
        await page["dialog input[name=value]"].FillAsync("final");
        await page["dialog"].GetByText("Add", new() { Exact = true }).ClickAsync();
        await Expect(page[".run-head .tag"]).ToContainTextAsync(["stage: final"]);
        await page["dialog"].GetByText("Remove this run").ClickAsync();
        await page["dialog"].GetByText("Yes, move it to the trash").ClickAsync();

        await Expect(page[".empty"]).ToContainTextAsync("No runs yet");
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "trash", id)));
    }

    [Fact]
    public async Task Tabs_are_walked_with_brackets()
    {
        await using StudioPage page = await Open(0);
        await Expect(page["h1"]).ToBeVisibleAsync();

        await page.Page.Keyboard.PressAsync("]");
        await Expect(page["[aria-selected=true]"]).ToContainTextAsync("charts");
        await page.Page.Keyboard.PressAsync("[");
        await page.Page.Keyboard.PressAsync("[");
        await Expect(page["[aria-selected=true]"]).ToContainTextAsync("artifacts");
        Assert.Contains("tab=artifacts", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_leads_back()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/runs/nothing", refused: "/api/runs/nothing");

        await Expect(page[".empty"]).ToContainTextAsync("ashlar runs ls");
    }

    static Task Tab(StudioPage page, string name) => page[$"[role=tab]:text-matches('^{name}')"].ClickAsync();

    async Task<StudioPage> Open(int number)
    {
        StudioPage page = await browser.Visit(await browser.Examples(), $"/?search={ExampleLab.NameOf(number)}");
        await page[".row[data-run] a"].ClickAsync();
        return page;
    }
}
