namespace Ashlar.Server;

/// <summary>Where the studio listens and what it shows.</summary>
/// <param name="Folder">The folder that holds <c>runs</c> and <c>store</c>, as a rule <c>.ashlar</c>; or any folder of TensorBoard event files.</param>
public sealed record StudioOptions(string Folder)
{
    /// <summary>The address to listen on. Any other than the machine's own needs a <see cref="Token"/>. Default: 127.0.0.1.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one. Default: 6180.</summary>
    public int Port { get; init; } = 6180;

    /// <summary>What every request must carry, as <c>Authorization: Bearer …</c>; null asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>A folder with the page's files in place of those in the assembly, for those who work on the page; null for the latter.</summary>
    public string? PageFolder { get; init; }

    /// <summary>Takes a line for each refused request and each fault. Default: the standard error stream.</summary>
    public Action<string> Log { get; init; } = Console.Error.WriteLine;
}
