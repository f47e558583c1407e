using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class RunsPageTests(StudioBrowser browser)
{
    [Fact]
    public async Task A_filter_narrows_the_table_and_stands_in_the_address()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/");
        await Expect(page[".table-status"]).ToContainTextAsync("24 runs");

        await page["#where"].FillAsync("params.lr <= 0.001 and params.optimizer = \"AdamW\"");

        await Expect(page[".table-status"]).ToContainTextAsync(new Regex("^4 runs"));
        Assert.Equal(["trial-18", "trial-12", "digits-06", "digits-00"], await page.RunNames());
        Assert.Contains("where=params.lr+", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_is_none_says_what_is_wrong_and_keeps_the_page()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/", refused: "/api/runs\\?where=lr");
        await Expect(page[".table-status"]).ToContainTextAsync("24 runs");

        await page["#where"].FillAsync("lr < 1");

        await Expect(page["#where-error"]).ToContainTextAsync("no field is named 'lr'");
        await Expect(page["#where"]).ToHaveAttributeAsync("aria-invalid", "true");

        await page["#where"].FillAsync("state = \"failed\"");
        await Expect(page["#where-error"]).ToHaveCountAsync(0);
        await Expect(page[".table-status"]).ToContainTextAsync(new Regex("^2 runs"));
    }

    [Fact]
    public async Task Names_are_offered_while_a_filter_is_typed()
    {
        // Where typing takes longer than the page waits, it asks for what was typed so far, be it one letter, and that is no filter yet.
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/", refused: "/api/runs\\?where=((a|ac|acc|accu|accur)&|metrics)");
        await Expect(page[".row[data-run]"].First).ToBeVisibleAsync();

        await page["#where"].PressSequentiallyAsync("accur");
        await Expect(page["#where-offers [role=option]"].First).ToHaveTextAsync("metrics.`validation/accuracy`");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("> 0.9");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.Until("() => /^\\d+ runs/.test(document.querySelector('.table-status').textContent) && !document.querySelector('.table-status').textContent.startsWith('24')");
        Assert.Equal("metrics.`validation/accuracy` > 0.9", await page["#where"].InputValueAsync());
    }

    [Fact]
    public async Task The_head_of_a_column_sorts_and_sorts_the_other_way()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?columns=state,params.lr");
        ILocator head = page[".row.head"].GetByRole(AriaRole.Button, new() { Name = "lr" });

        await head.ClickAsync();
        await page.Until("() => location.search.includes('sort=-params.lr') && document.querySelector('.rows [data-row=\"0\"] .number')?.textContent === '0.03'");
        await head.ClickAsync();

        await page.Until("() => location.search.includes('sort=params.lr') && document.querySelector('.rows [data-row=\"0\"] .number')?.textContent === '1e-4'");
        await Expect(page[".row.head [aria-sort=ascending]"]).ToHaveTextAsync("lr");
    }

    [Fact]
    public async Task Runs_are_searched_grouped_and_pinned()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?columns=state,metrics.validation/accuracy");
        await Expect(page[".table-status"]).ToContainTextAsync("24 runs");

        await page["#search"].FillAsync("digits");
        await Expect(page[".table-status"]).ToContainTextAsync(new Regex("^8 runs"));
        await page["[data-row='7']"].HoverAsync();
        await page["[data-row='7'] .pin"].ClickAsync();
        await Expect(page[".row.pinned a"]).ToHaveTextAsync("digits-00");
        await page["#search"].FillAsync("");
        await Expect(page[".table-status"]).ToContainTextAsync("24 runs");
        await page[".filter-bar select"].SelectOptionAsync("params.optimizer");

        await Expect(page[".table-status"]).ToContainTextAsync("3 groups");
        await Expect(page[".group-row"].First).ToContainTextAsync("AdamW 8");
        await Expect(page[".group-row"].First).ToContainTextAsync("±");
        await page[".group-row"].First.ClickAsync();
        await Expect(page[".group-row"].First).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(page[".group-row"]).ToHaveCountAsync(3);
        Assert.Contains("folded=AdamW", page.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_chosen_and_kept_in_the_address()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?columns=state");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "choose columns" }).ClickAsync();
        await page["dialog"].GetByLabel("search columns").FillAsync("width");
        await page["dialog"].GetByLabel("model.width").CheckAsync();
        await page.Page.Keyboard.PressAsync("Escape");

        await Expect(page[".row.head"]).ToContainTextAsync("model.width");
        Assert.Contains("columns=state,params.model.width", page.Address, StringComparison.Ordinal);
        await page.Page.ReloadAsync();
        await Expect(page[".row.head"]).ToContainTextAsync("model.width");
    }

    [Fact]
    public async Task Everything_works_from_the_keyboard()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/");
        await Expect(page[".row[data-run]"].First).ToBeVisibleAsync();

        await page.Page.Keyboard.PressAsync("/");
        await Expect(page["#where"]).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("j");
        await Expect(page["[data-row='0']"]).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync(" ");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("x");
        await Expect(page[".table-status"]).ToContainTextAsync("2 selected");
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page["[data-row='23']"]).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("c");

        await page.Page.WaitForURLAsync(new Regex("/compare\\?runs="));
        await Expect(page[".compare thead th"]).ToHaveCountAsync(2);
        await page.Page.Keyboard.PressAsync("1");
        await page.Page.Keyboard.PressAsync("?");
        await Expect(page["dialog"]).ToContainTextAsync("pin to the top");
    }

    [Fact]
    public async Task A_lab_without_runs_shows_the_command_to_run()
    {
        using var folder = new TemporaryFolder();
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, "/");

        await Expect(page[".empty"]).ToContainTextAsync("ashlar train digits");
        await page.Page.Keyboard.PressAsync("3");
        await Expect(page[".empty"]).ToContainTextAsync("ashlar sweep");
    }

    [Fact]
    public async Task A_new_run_appears_without_loading_the_page_again()
    {
        using var folder = new TemporaryFolder();
        var lab = new ExampleLab(folder.Path);
        lab.Add(0);
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, "/");
        await Expect(page[".table-status"]).ToContainTextAsync("1 run");

        lab.Add(1);

        await Expect(page[".table-status"]).ToContainTextAsync("2 runs");
        await Expect(page["[data-row='0'] a"]).ToHaveTextAsync("digits-01");
    }

    [Fact]
    public async Task What_a_run_calls_itself_is_never_a_part_of_the_page()
    {
        using var folder = new TemporaryFolder();
        new ExampleLab(folder.Path).AddNamed("<img src=x onerror=document.title=1><script>document.title=2</script>");
        await using Studio studio = await StudioBrowser.Open(folder.Path);
        await using StudioPage page = await browser.Visit(studio.Address, "/");

        await Expect(page[".row[data-run] a"]).ToContainTextAsync("<img src=x");
        await page[".row[data-run] a"].ClickAsync();
        await Expect(page["h1"]).ToContainTextAsync("<script>");
        await Expect(page["#page img:not([src='/favicon.svg']), #page script"]).ToHaveCountAsync(0);
    }
}
