namespace Ashlar.Lab.Bundles;

/// <summary>Which files of data a bundle holds. Of every one it holds name, size and hash.</summary>
public enum BundleData
{
    /// <summary>Those for which the run names no way to fetch them.</summary>
    NotFetchable,

    /// <summary>All.</summary>
    All,

    /// <summary>None: the reader has them, or names them.</summary>
    None,
}
