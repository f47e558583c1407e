using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class SweepPageTests(StudioBrowser browser)
{
    [Fact]
    public async Task Trials_are_marked_on_an_axis_and_compared()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/sweeps");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "sweep-1" }).ClickAsync();
        await Expect(page[".parallel polyline"]).ToHaveCountAsync(16);
        await Expect(page["table[aria-label=trials]"]).ToHaveAttributeAsync("aria-rowcount", "17");

        ILocator handle = page["[aria-label='range of lr']"];
        await handle.FocusAsync();
        await page.Page.Keyboard.PressAsync("-");
        for (int i = 0; i < 8; i++)
        {
            await page.Page.Keyboard.PressAsync("-");
        }

        await page.Page.WaitForURLAsync(new Regex("brush=lr:"));
        await Expect(page["table[aria-label=trials]"]).Not.ToHaveAttributeAsync("aria-rowcount", "17");
        await Expect(page[".parallel polyline.outside"].First).ToBeAttachedAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "take the marks away" }).ClickAsync();
        await Expect(page["table[aria-label=trials]"]).ToHaveAttributeAsync("aria-rowcount", "17");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare the first 8" }).ClickAsync();

        await Expect(page[".compare thead th"]).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task The_best_trial_and_the_scatter_follow_the_metric_that_is_chosen()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/sweeps/sweep-1");
        await Expect(page[".run-head"]).ToContainTextAsync("greatest");

        await page["[aria-label=metric]"].SelectOptionAsync("train/loss");

        await Expect(page[".run-head"]).ToContainTextAsync("least");
        await Expect(page[".scatter .axis-name"]).ToContainTextAsync("lr");
        Assert.Contains("metric=train/loss", page.Address, StringComparison.Ordinal);
    }
}
