using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ashlar.Server.Tests.Page;

/// <summary>A window on the studio that fails its test when the browser had anything to complain about: errors of scripts, refused content, missing files.</summary>
sealed class StudioPage : IAsyncDisposable
{
    readonly IBrowserContext _context;
    readonly Regex? _refused;
    readonly List<string> _complaints = [];

    /// <param name="context">The browser's window.</param>
    /// <param name="page">Its one page, not yet at an address.</param>
    /// <param name="refused">Pattern of the addresses whose refusal belongs to the test.</param>
    public StudioPage(IBrowserContext context, IPage page, string? refused)
    {
        (_context, Page, _refused) = (context, page, refused is null ? null : new Regex(refused));
        page.Console += (_, message) => Note(message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => Note(error);
        page.Response += (_, response) => Note(response.Status >= 400 && _refused?.IsMatch(response.Url) != true ? $"{response.Status} {response.Url}" : null);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about so far.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>The address without scheme, host and port.</summary>
    public string Address => new Uri(Page.Url).PathAndQuery;

    public ILocator this[string selector] => Page.Locator(selector);

    /// <summary>Rows of the table of runs that are drawn, in their order on the screen.</summary>
    public async Task<string[]> RunNames()
        => [.. await Page.Locator(".run-table .rows .row").EvaluateAllAsync<string[]>("rows => rows.filter(row => row.dataset.run).sort((a, b) => a.dataset.row - b.dataset.row).map(row => row.querySelector('a').textContent)")];

    /// <summary>Waits until a condition of the page holds.</summary>
    public Task Until(string expression, object? argument = null) => Page.WaitForFunctionAsync(expression, argument);

    /// <summary>Ends the window; a complaint of the browser fails the test.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(Complaints.Count == 0, string.Join(Environment.NewLine, Complaints));
    }

    void Note(string? complaint)
    {
        // What could not be loaded is noted with its address by the answer.
        if (complaint is not null && !(complaint.StartsWith("Failed to load resource", StringComparison.Ordinal)))
        {
            lock (_complaints)
            {
                _complaints.Add(complaint);
            }
        }
    }
}
