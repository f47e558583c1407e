using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class ThemeTests(StudioBrowser browser)
{
    const string Background = "() => getComputedStyle(document.body).backgroundColor";

    [Fact]
    public async Task The_page_follows_the_system_and_the_switch_overrules_it()
    {
        Uri studio = await browser.Examples();
        await using StudioPage light = await browser.Visit(studio, "/");
        await using StudioPage dark = await browser.Visit(studio, "/", ColorScheme.Dark);
        await Expect(light[".row[data-run]"].First).ToBeVisibleAsync();
        await Expect(dark[".row[data-run]"].First).ToBeVisibleAsync();

        Assert.Equal("rgb(244, 244, 241)", await light.Page.EvaluateAsync<string>(Background));
        Assert.Equal("rgb(20, 22, 26)", await dark.Page.EvaluateAsync<string>(Background));
        await dark.Page.Keyboard.PressAsync("t");
        Assert.Equal("rgb(244, 244, 241)", await dark.Page.EvaluateAsync<string>(Background));
        await dark.Page.ReloadAsync();
        Assert.Equal("rgb(244, 244, 241)", await dark.Page.EvaluateAsync<string>(Background));
        await dark.Page.Keyboard.PressAsync("t");
        await dark.Page.Keyboard.PressAsync("t");
        await Expect(dark.Page.GetByRole(AriaRole.Button, new() { Name = "theme: auto" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_studio_with_a_token_asks_for_it_and_keeps_it_out_of_the_address()
    {
        using var folder = new TemporaryFolder();
        new ExampleLab(folder.Path).Add(0);
        await using Studio studio = await StudioBrowser.Open(folder.Path, token: "a-long-secret");
        await using StudioPage page = await browser.Visit(studio.Address, "/", refused: "/api/");

        await page["input[name=token]"].FillAsync("a-long-secret");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page[".table-status"]).ToContainTextAsync("1 run");
        await page.Page.GotoAsync(new Uri(studio.Address, "/?token=a-long-secret&sort=name").ToString());
        await Expect(page[".table-status"]).ToContainTextAsync("1 run");
        Assert.Equal("/?sort=name", page.Address);
        await Expect(page[".connection.open"]).ToBeVisibleAsync();
    }
}
