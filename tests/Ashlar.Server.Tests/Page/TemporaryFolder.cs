namespace Ashlar.Server.Tests.Page;

/// <summary>A folder that is gone when the test is over.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("ashlar-page-").FullName;

    public string Path => System.IO.Path.Combine(_root, ".ashlar");

    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
