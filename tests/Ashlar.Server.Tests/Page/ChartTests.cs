using System.Globalization;
using System.Text.RegularExpressions;
using Ashlar.Lab;
using Ashlar.Lab.Events;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class ChartTests(StudioBrowser browser)
{
    [Fact]
    public async Task Dragging_over_a_chart_zooms_and_asks_for_the_points_of_the_window()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = new ExampleLab(folder.Path).AddLong(12_000, spike: 8004);
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{run.Id}?tab=charts");
        await Expect(page[".note"]).ToContainTextAsync("of 12");
        ILocator plot = page[".u-over"];
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;

        // The spike is one point among some forty of its column of pixels.
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * 0.645f), box.Y + 40);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width * 0.69f), box.Y + 60, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        await page.Page.WaitForURLAsync(new Regex("zoom="));
        await Expect(page[".note"]).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "table of the values" }).ClickAsync();
        await Expect(page[".data-table table"]).ToHaveAttributeAsync("aria-rowcount", new Regex("^[1-9]\\d{2}$"));
        double[] zoom = [.. Regex.Match(page.Address, "zoom=([\\d.]+?)\\.\\.([\\d.]+)").Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
        Assert.InRange(8004, zoom[0], zoom[1]);
        Assert.InRange(zoom[1] - zoom[0], 300, 800);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "show everything" }).First.ClickAsync();
        await Expect(page[".note"]).ToContainTextAsync("of 12");
    }

    [Fact]
    public async Task A_chart_is_driven_from_the_keyboard_and_says_what_it_shows()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?chart-search=accuracy");
        ILocator plot = page[".plot[tabindex]"];
        await Expect(plot).ToHaveCountAsync(1);
        await plot.FocusAsync();

        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(plot.Locator("[aria-live]")).ToContainTextAsync("trial-23");
        await Expect(plot.Locator(".tip")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("+");
        await page.Page.WaitForURLAsync(new Regex("zoom="));
        await page.Page.Keyboard.PressAsync("0");
        await page.Until("() => !location.search.includes('zoom')");
    }

    [Fact]
    public async Task Axes_smoothing_and_search_stand_in_the_address_and_come_back()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?axis=relative&log=y&smooth=0.8&outliers=trim&chart-search=loss&sort=name");

        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "since start" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "log y" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page[".slider output"]).ToHaveTextAsync("0.80");
        await Expect(page[".chart-card"]).ToHaveCountAsync(1);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "log x" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "time", Exact = true }).ClickAsync();

        Assert.Contains("axis=time&log=xy&smooth=0.8", page.Address, StringComparison.Ordinal);
        await Expect(page[".u-over"]).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_chart_gives_its_table_and_every_point_as_csv()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = new ExampleLab(folder.Path).AddLong(30_000, spike: 7);
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{run.Id}?tab=charts&tables=loss");
        await Expect(page[".data-table td"].First).ToHaveTextAsync("long");

        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "save every point as CSV" }).ClickAsync());
        string[] lines = (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("loss.csv", download.SuggestedFilename);
        Assert.Equal("run,name,step,time,loss", lines[0]);
        Assert.Equal(30_001, lines.Length);
        Assert.Equal(Enumerable.Range(0, 30_000).Select(step => step.ToString(CultureInfo.InvariantCulture)), lines.Skip(1).Select(line => line.Split(',')[2]));
        Assert.EndsWith(",50", lines[8], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_follows_a_run_while_it_trains()
    {
        using var folder = new TemporaryFolder();
        (RunFolder run, EventLog log) = new ExampleLab(folder.Path).AddRunning("live");
        using EventLog _ = log;
        log.Scalar("loss", 1, 0);
        log.Flush();
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{run.Id}?tab=charts&tables=loss");
        await Expect(page[".run-head"]).ToContainTextAsync("running");
        await Expect(page[".data-table table"]).ToHaveAttributeAsync("aria-rowcount", "2");

        for (int step = 1; step < 40; step++)
        {
            log.Scalar("loss", 1.0 / step, step);
        }

        log.Flush();

        await Expect(page[".data-table table"]).ToHaveAttributeAsync("aria-rowcount", "41");
        await page["[role=tab]:has-text('log')"].ClickAsync();
        await File.AppendAllTextAsync(run.LogPath, "2026-11-22T10:00:00.000Z\tout\tepoch 1 of 8\n", TestContext.Current.CancellationToken);
        await Expect(page[".log-lines"]).ToContainTextAsync("epoch 1 of 8");
    }

    [Fact]
    public async Task Ten_thousand_metrics_open_with_a_page_of_ordinary_size()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = new ExampleLab(folder.Path).AddWide(10_000);
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, $"/runs/{run.Id}?tab=charts");
        await Expect(page["[role=tab][aria-selected=true]"]).ToContainTextAsync("10000");
        await Expect(page[".u-over"].First).ToBeVisibleAsync();

        await page[".chart-scroll"].EvaluateAsync("box => { box.scrollTop = box.scrollHeight; }");
        await Expect(page[".chart-card h3"].Last).ToHaveTextAsync("layer99/unit99");

        await Expect(page[".u-over"].Last).ToBeVisibleAsync();
        Assert.InRange(await page["*"].CountAsync(), 100, 2500);
        Assert.InRange(await page[".u-over"].CountAsync(), 1, 40);
        await page["[aria-label='search metrics']"].FillAsync("layer42 unit07");
        await Expect(page[".chart-card"]).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Values_that_are_no_number_are_counted_beside_the_chart()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?search=digits-03&chart-search=loss");

        await Expect(page[".note.bad"]).ToHaveTextAsync("49 NaN");
    }
}
