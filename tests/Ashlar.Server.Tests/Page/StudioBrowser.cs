using Ashlar.Server.Tests.Page;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(StudioBrowser))]

namespace Ashlar.Server.Tests.Page;

/// <summary>One Chromium for all tests of the page, and a studio over the example runs.</summary>
public sealed class StudioBrowser : IAsyncLifetime
{
    static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    readonly SemaphoreSlim _once = new(1, 1);
    readonly string _folder = Directory.CreateTempSubdirectory("ashlar-page-").FullName;
    IPlaywright? _playwright;
    IBrowser? _browser;
    Studio? _studio;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_studio is not null)
        {
            await _studio.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _once.Dispose();
    }

    /// <summary>The studio over <see cref="ExampleLab"/>, shared by tests that change nothing.</summary>
    internal async Task<Uri> Examples()
    {
        await _once.WaitAsync();
        try
        {
            if (_studio is null)
            {
                string lab = Path.Combine(_folder, ".ashlar");
                new ExampleLab(lab).AddAll();
                _studio = await Open(lab);
            }
        }
        finally
        {
            _once.Release();
        }

        return _studio.Address;
    }

    /// <summary>A studio over a folder, listening on a free port.</summary>
    internal static async Task<Studio> Open(string folder, string? token = null)
    {
        Studio studio = Studio.Create(new StudioOptions(folder) { Port = 0, Token = token, Log = _ => { } });
        await studio.StartAsync();
        return studio;
    }

    /// <summary>A page of its own window; see <see cref="StudioPage"/>.</summary>
    internal async Task<StudioPage> Visit(Uri studio, string path, ColorScheme scheme = ColorScheme.Light, string? refused = null)
    {
        IBrowser browser = await Browser();
        IBrowserContext context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 860 }, AcceptDownloads = true });
        context.SetDefaultTimeout(15_000);
        IPage page = await context.NewPageAsync();
        var opened = new StudioPage(context, page, refused);
        await page.GotoAsync(new Uri(studio, path).ToString());
        return opened;
    }

    async Task<IBrowser> Browser()
    {
        await _once.WaitAsync();
        try
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = Arguments });
        }
        finally
        {
            _once.Release();
        }
    }

    static string Chromium()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/bin"];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("page tests: no Chromium is on the PATH. Install it (Debian: apt-get install chromium); .ci/run does so itself as root.");
    }
}
