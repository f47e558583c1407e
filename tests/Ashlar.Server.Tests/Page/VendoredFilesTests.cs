using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Ashlar.Server.Tests.Page;

public sealed class VendoredFilesTests
{
    static readonly Assembly Server = typeof(Studio).Assembly;

    [Fact]
    public void Libraries_of_the_page_are_byte_for_byte_what_their_authors_published()
    {
        string[] sums = Encoding.UTF8.GetString(Read("SHA256SUMS")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(8, sums.Length);
        Assert.All(sums, line =>
        {
            string[] parts = line.Split("  ");
            Assert.Equal(parts[0], Convert.ToHexStringLower(SHA256.HashData(Read(parts[1]))));
        });
    }

    [Fact]
    public void Every_library_of_the_page_has_its_licence_beside_it()
        => Assert.All(["preact", "htm", "uplot"], name => Assert.NotEmpty(Read($"{name}.LICENSE")));

    static byte[] Read(string name)
    {
        using Stream stream = Server.GetManifestResourceStream($"page/vendor/{name}") ?? throw new FileNotFoundException($"the assembly holds no page/vendor/{name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
