using System.Security.Cryptography;

namespace Ashlar.Lab.Reproduction;

/// <summary>SHA-256 of files.</summary>
static class FileHash
{
    public static string Of(string path)
    {
        using FileStream content = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
