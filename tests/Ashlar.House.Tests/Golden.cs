namespace Ashlar.House.Tests;

/// <summary>Text that changes only on purpose: compared with a committed file, rewritten by <c>./dev accept</c>.</summary>
static class Golden
{
    /// <param name="file">Path relative to the root.</param>
    /// <param name="text">What the code says now.</param>
    public static void Match(string file, string text)
    {
        string path = Path.Combine(Repository.Root, file);
        if (Environment.GetEnvironmentVariable("ASHLAR_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        Assert.True(File.Exists(path), $"{file} is missing. Run ./dev accept, read the file and commit it.");
        string approved = File.ReadAllText(path);
        Assert.True(approved == text, $"{file} differs from the code. If the change is meant, run ./dev accept and commit the file.\n{LineDiff.Of(approved, text)}");
    }
}
