namespace Ashlar.Lab.Bundles;

/// <summary>What <c>manifest.json</c> of a bundle holds: every other file with its hash. Of the packing it tells the version of the tool alone, not when or where.</summary>
/// <param name="Format"><see cref="CurrentFormat"/>.</param>
/// <param name="Title">Of the work.</param>
/// <param name="Ashlar">Version of the tool that packed it.</param>
/// <param name="Numerics">Version of the numerics of its runs; where they differ, of the first.</param>
/// <param name="Runs">Their ids, in ordinal order.</param>
/// <param name="Data">Every file of data of every run.</param>
/// <param name="Files">Every file but the manifest itself, in ordinal order of the paths.</param>
public sealed record BundleManifest(string Format, string Title, string Ashlar, int Numerics, IReadOnlyList<string> Runs, IReadOnlyList<BundleDataFile> Data, IReadOnlyList<BundleFile> Files)
{
    /// <summary>Another number means that this program is too old for the file.</summary>
    public const string CurrentFormat = "ashlar bundle 1";

    /// <summary>Its path in the bundle.</summary>
    public const string FileName = "manifest.json";
}
