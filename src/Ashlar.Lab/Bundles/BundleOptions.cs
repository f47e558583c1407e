namespace Ashlar.Lab.Bundles;

/// <summary>What a bundle says of itself.</summary>
public sealed record BundleOptions
{
    /// <summary>Of the work; null for the name of the first run.</summary>
    public string? Title { get; init; }

    /// <summary>Names as <c>Family, Given</c>; empty leaves an open question.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>License of the sources and results by its SPDX name, such as <c>MIT</c>; null leaves an open question.</summary>
    public string? License { get; init; }

    /// <summary>Which data it holds.</summary>
    public BundleData Data { get; init; }
}
