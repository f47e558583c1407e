using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ashlar.Server.Tests.Page;

public sealed class ComparePageTests(StudioBrowser browser)
{
    [Fact]
    public async Task Runs_are_compared_by_what_differs_beside_their_charts()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/?sort=start&search=digits");
        await page["[data-row='0'] input"].CheckAsync();
        await page["[data-row='1'] input"].CheckAsync();
        await page["[data-row='4'] input"].CheckAsync();

        // The metrics are known before the comparison is: charts wait for it.
        await page.Page.RouteAsync("**/api/compare?*", async route =>
        {
            await Task.Delay(500);
            await route.ContinueAsync();
        });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();

        await Expect(page[".compare thead th"]).ToHaveCountAsync(3);
        ILocator rate = page[".compare tr"].Filter(new() { Has = page.Page.GetByRole(AriaRole.Rowheader, new() { Name = "lr", Exact = true }) });
        await Expect(rate).ToContainTextAsync("1e-4");
        await Expect(rate.Locator("td.other")).ToHaveCountAsync(2);
        await Expect(page[".compare"]).ToContainTextAsync("train.cs");
        await Expect(page[".compare"].GetByText("epochs")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "only what differs" }).ClickAsync();
        await Expect(page[".compare"].GetByText("epochs")).ToHaveCountAsync(1);
        await Expect(page[".chart-side .u-over"].First).ToBeVisibleAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "take digits-01 out" }).ClickAsync();
        await Expect(page[".compare thead th"]).ToHaveCountAsync(2);
        await page.Page.GoBackAsync();
        await Expect(page[".compare thead th"]).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Nothing_to_compare_says_how_to_choose()
    {
        await using StudioPage page = await browser.Visit(await browser.Examples(), "/compare");
        await Expect(page[".empty"]).ToContainTextAsync("ashlar runs compare");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add runs" }).ClickAsync();
        await page["dialog .picker input"].First.CheckAsync();

        await Expect(page[".compare thead th"]).ToHaveCountAsync(1);
    }
}
