using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server;

/// <summary>The page of the studio, from the assembly itself or, for those who work on it, from a folder.</summary>
sealed partial class PageFiles
{
    const string Prefix = "page/";
    const string Index = "index.html";

    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    readonly Assembly _assembly = typeof(PageFiles).Assembly;
    readonly FrozenDictionary<string, string> _embedded;
    readonly string? _folder;

    /// <param name="folder">Where the files are, or null for those in the assembly.</param>
    public PageFiles(string? folder)
    {
        _folder = folder is null ? null : Path.GetFullPath(folder);

        // Names of resources have the separator of the machine that built them.
        _embedded = _assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'));
    }

    /// <summary>Answers with a file; addresses without an ending are views of the page and get its first file.</summary>
    public async Task Answer(HttpContext context)
    {
        string path = context.Request.Path.Value!.TrimStart('/');
        string ending = Path.GetExtension(path);
        byte[]? bytes = Read(path.Length == 0 ? Index : path) ?? (Types.ContainsKey(ending) && path != Index ? null : Read(Index));
        if (bytes is null)
        {
            bool isPage = path.Length == 0 || !Types.ContainsKey(ending);
            context.Response.StatusCode = isPage ? 200 : 404;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(isPage ? "Ashlar studio runs; this build has no page. The API is at /api/runs.\n" : $"There is no file /{path}.\n", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        string type = Types.GetValueOrDefault(ending, Types[".html"]);
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (type == Types[".html"])
        {
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Policy(ImportMapHash(bytes));
        }

        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = 304;
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }

    byte[]? Read(string path)
    {
        if (_folder is not null)
        {
            string full = Path.GetFullPath(Path.Combine(_folder, path));
            return full.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(full) ? File.ReadAllBytes(full) : null;
        }

        if (!_embedded.TryGetValue(path, out string? name))
        {
            return null;
        }

        using Stream stream = _assembly.GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Browsers take an import map only from inside the page; its hash lets this one text in and no other script.
    static string? ImportMapHash(byte[] html) => ImportMap().Match(Encoding.UTF8.GetString(html)) is { Success: true } map
        ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups[1].Value)))
        : null;

    [GeneratedRegex("""<script type="importmap">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex ImportMap();
}
