using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ashlar.Lab.Bundles;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Reproduction;
using Ashlar.Nn;

namespace Ashlar.Lab.Tests.Bundles;

[Collection(nameof(Run))]
public sealed class BundleTests : IDisposable
{
    static readonly string[] Texts = ["CHECKLIST.md", "CITATION.cff", "README.md", "REPORT.md", "claims.yaml", "croissant.json", "ro-crate-metadata.json"];

    readonly TemporaryFolder _temporary = new();

    LabFolder Lab => new(_temporary.At("lab"));

    string File => _temporary.At("bundle.zip");

    static ReproductionOptions Hashes => new() { Level = ReproductionLevel.Integrity };

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Packing_twice_gives_the_same_bytes()
    {
        Record();
        (_, string first) = Bundle.Pack(Lab, [Lab.Find("@last")], File);
        byte[] before = System.IO.File.ReadAllBytes(File);

        new RunRecord(Lab.Find("@last").Folder).Files.Write(Lab.Find("@last").Data);
        System.IO.File.WriteAllText(Path.Combine(Lab.Find("@last").Folder, "reproduce.json"), "{}");
        (_, string second) = Bundle.Pack(Lab, [Lab.Find("@last"), Lab.Find("@last")], _temporary.At("again.zip"));

        Assert.Equal(before, System.IO.File.ReadAllBytes(_temporary.At("again.zip")));
        Assert.Equal((first, Convert.ToHexStringLower(SHA256.HashData(before))), (second, first));
    }

    [Fact]
    public void A_bundle_holds_everything_once()
    {
        string id = Record();

        (BundleManifest manifest, _) = Bundle.Pack(Lab, [Lab.Find(id)], File, new BundleOptions { Title = "A | title", Authors = ["Lovelace, Ada"], License = "MIT" });

        using ZipArchive zip = ZipFile.OpenRead(File);
        Assert.Equal(manifest.Files.Select(file => file.Path).Append("manifest.json").Order(StringComparer.Ordinal), zip.Entries.Select(entry => entry.FullName));
        Assert.Subset(manifest.Files.Select(file => file.Path).ToHashSet(), Texts.ToHashSet());
        Assert.Contains($"models/{id}/model.safetensors", manifest.Files.Select(file => file.Path));
        Assert.Contains($"artifacts/{id}/note.txt", manifest.Files.Select(file => file.Path));
        Assert.Contains($"runs/{id}/run.json", manifest.Files.Select(file => file.Path));
        Assert.Contains("sources/a.cs", manifest.Files.Select(file => file.Path));
        Assert.DoesNotContain(manifest.Files, file => file.Path.Contains("lock", StringComparison.Ordinal));
        Assert.Equal([($"data/{Hash("data")[..12]}/a.csv", null), (null, "https://example.org/b.csv")], manifest.Data.Select(file => (file.Path, file.Fetch)));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream content = entry.Open();
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            Assert.True(entry.FullName == "manifest.json" || hash == manifest.Files.Single(file => file.Path == entry.FullName).Sha256);
            Assert.Equal((entry.Length, new DateTime(1980, 1, 1)), (entry.CompressedLength, entry.LastWriteTime.DateTime));
        }
    }

    [Fact]
    public void Its_texts_say_what_the_records_say()
    {
        string id = Record();
        Bundle.Pack(Lab, [Lab.Find(id)], File, new BundleOptions { Title = "A | title", Authors = ["Lovelace, Ada"], License = "MIT" });

        Assert.StartsWith("# A \\| title\n", Text("README.md"), StringComparison.Ordinal);
        Assert.Contains("| rate | `0.5` | command line |", Text("REPORT.md"), StringComparison.Ordinal);
        Assert.Contains($"  - run: {id}\n    claim: \"metric loss\"\n    value: 0.25\n    step: 2\n", Text("claims.yaml"), StringComparison.Ordinal);
        Assert.Contains("value: .nan\n", Text("claims.yaml"), StringComparison.Ordinal);
        Assert.Contains($"    value: \"{Lab.Find(id).Weights}\"\n", Text("claims.yaml"), StringComparison.Ordinal);
        Assert.Contains("  - family-names: \"Lovelace\"\n    given-names: \"Ada\"\n", Text("CITATION.cff"), StringComparison.Ordinal);
        Assert.Contains("| Is the code there, all of it? | Yes: `sources/`", Text("CHECKLIST.md"), StringComparison.Ordinal);
        Assert.Contains("**OPEN**", Text("CHECKLIST.md"), StringComparison.Ordinal);
        using JsonDocument crate = JsonDocument.Parse(Text("ro-crate-metadata.json"));
        JsonElement[] graph = [.. crate.RootElement.GetProperty("@graph").EnumerateArray()];
        Assert.Equal("https://w3id.org/ro/crate/1.1", graph[0].GetProperty("conformsTo").GetProperty("@id").GetString());
        Assert.Subset(graph.Select(node => node.GetProperty("@id").GetString()!).ToHashSet(), graph[1].GetProperty("hasPart").EnumerateArray().Select(part => part.GetProperty("@id").GetString()!).ToHashSet());
        using JsonDocument croissant = JsonDocument.Parse(Text("croissant.json"));
        Assert.Equal([Hash("data"), Hash("more")], croissant.RootElement.GetProperty("distribution").EnumerateArray().Select(file => file.GetProperty("sha256").GetString()));
    }

    [Fact]
    public void Who_has_the_file_alone_can_check_it()
    {
        Record();
        Bundle.Pack(Lab, [Lab.Find("@last")], File);
        Directory.Delete(Lab.Path, recursive: true);
        Directory.Delete(_temporary.At("code"), recursive: true);

        IReadOnlyList<ReproductionReport> reports = Verify(Hashes with { Data = new Dictionary<string, string> { ["b"] = _temporary.At("b.csv") } });

        Assert.All(reports, report => Assert.Equal(Verdict.Equal, report.Verdict));
        Assert.Equal(["files of the bundle", "claims.yaml says what the records say"], reports[0].Rows.Select(row => row.Claim));
        Assert.Contains(reports[1].Rows, row => row is { Claim: "weights in the model", Verdict: Verdict.Equal });
        Assert.Contains(reports[1].Rows, row => row is { Claim: "data a", Verdict: Verdict.Equal });
    }

    [Fact]
    public void Changed_bytes_are_named_and_nothing_is_run()
    {
        Record();
        Bundle.Pack(Lab, [Lab.Find("@last")], File);
        Rewrite((name, bytes) => name == "sources/a.cs" ? [.. bytes[..^1], (byte)'!'] : bytes);

        ReproductionReport report = Assert.Single(Verify(new ReproductionOptions()));

        Assert.Equal(Verdict.Differs, report.Verdict);
        Assert.Equal("file sources/a.cs", Assert.Single(report.Rows, row => row.Verdict == Verdict.Differs).Claim);
    }

    [Fact]
    public void Claims_that_the_records_do_not_make_are_named()
    {
        Record();
        Bundle.Pack(Lab, [Lab.Find("@last")], File);
        string hash = "";
        Rewrite((name, bytes) =>
        {
            if (name != "claims.yaml")
            {
                return bytes;
            }

            byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("value: 0.25", "value: 0.99", StringComparison.Ordinal));
            hash = $"{Hash(bytes)} {Hash(changed)}";
            return changed;
        });
        Rewrite((name, bytes) => name == "manifest.json" ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(hash.Split(' ')[0], hash.Split(' ')[1], StringComparison.Ordinal)) : bytes);

        ReproductionReport report = Verify()[0];

        VerdictRow row = Assert.Single(report.Rows, row => row.Verdict == Verdict.Differs);
        Assert.Equal(("value: 0.25", "value: 0.99"), (row.Recorded, row.Reproduced));
    }

    [Theory]
    [InlineData("../up", "the name holds a part '..'")]
    [InlineData("/etc/x", "the name begins at a root")]
    [InlineData("C:/x", "the name holds ':'")]
    [InlineData("a\\b", "the name holds '\\'")]
    [InlineData("folder/", "a part of the name is empty")]
    [InlineData("README.md", "the name 'README.md' is given twice")]
    [InlineData("readme.md", "the name 'readme.md' is given twice")]
    [InlineData("stranger.txt", "the manifest does not know 'stranger.txt'")]
    public void A_file_that_does_not_belong_is_refused_by_name(string name, string why)
    {
        Pack();
        Add(name, entry => { });

        Assert.Contains(why, Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_refused()
    {
        Pack();
        Add("link", entry => entry.ExternalAttributes = unchecked((int)0xA1FF0000));

        Assert.Contains("'link' is a link", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        Pack();
        using (ZipArchive zip = ZipFile.Open(File, ZipArchiveMode.Update))
        {
            using Stream content = zip.CreateEntry("bomb", CompressionLevel.SmallestSize).Open();
            content.Write(new byte[1 << 20]);
        }

        Assert.Contains("'bomb' is compressed", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_share_their_bytes_are_refused()
    {
        byte[] zip = Overlapping(100, 1000);
        System.IO.File.WriteAllBytes(File, zip);

        Assert.Contains("its files together are larger than it is itself", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_bundle_is_refused()
    {
        System.IO.File.WriteAllText(File, "no zip");
        Assert.Contains("no zip file", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
        System.IO.File.Delete(File);
        Assert.Contains("cannot be read", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
        ZipFile.Open(File, ZipArchiveMode.Create).Dispose();
        Assert.Contains("it has no manifest.json", Assert.Throws<LabException>(() => Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_bundle_is_refused_or_named_at_every_length()
    {
        Pack();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length += 997)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Throws<LabException>(() => Verify());
        }
    }

    [Fact]
    public void What_was_recorded_and_is_gone_cannot_be_packed()
    {
        Record();
        RunRecord run = Lab.Find("@last");
        System.IO.File.Delete(Lab.Store.PathOf(run.Code.Files[0].Sha256));

        Assert.Equal($"pack: not everything that was recorded is there: source a.cs of run {run.Id}: the store does not have it; artifact copy.cs of run {run.Id}: the store does not have it. Restore it, or pack other runs.", Assert.Throws<LabException>(() => Bundle.Pack(Lab, [run], File)).Message);
        Assert.Equal("pack: no run is given. Name one, such as @last.", Assert.Throws<LabException>(() => Bundle.Pack(Lab, [], File)).Message);
    }

    IReadOnlyList<ReproductionReport> Verify(ReproductionOptions? options = null) => new BundleVerifier(File, options ?? Hashes).Run(cancellation: TestContext.Current.CancellationToken);

    void Pack()
    {
        Record();
        Bundle.Pack(Lab, [Lab.Find("@last")], File);
    }

    string Record()
    {
        string script = _temporary.Write("code/a.cs", "Console.WriteLine(1);\n");
        var model = new Linear(2, 1);
        model.Initialize(RandomKey.FromSeed(1));
        using Run run = Run.Start("first", new RunOptions { Lab = Lab, Code = script, KeepConsole = false, SystemEvery = null, Values = ConfigFile.Empty, Arguments = ["rate=0.5"] });
        run.Configuration<Settings>();
        run.Log("loss", 0.5, 1);
        run.Log("loss", 0.25, 2);
        run.Log("none", double.NaN, 2);
        run.LogArtifact("note"u8, "note.txt");
        run.LogArtifact("Console.WriteLine(1);\n"u8, "copy.cs");
        run.LogModel(model);
        run.LogData("a", _temporary.Write("a.csv", "data"));
        run.LogData("b", _temporary.Write("b.csv", "more"), "https://example.org/b.csv");
        return run.Id;
    }

    string Text(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(File);
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    void Rewrite(Func<string, byte[], byte[]> change)
    {
        (string Name, byte[] Bytes)[] files;
        using (ZipArchive zip = ZipFile.OpenRead(File))
        {
            files = [.. zip.Entries.Select(entry =>
            {
                using var bytes = new MemoryStream();
                using Stream content = entry.Open();
                content.CopyTo(bytes);
                return (entry.FullName, change(entry.FullName, bytes.ToArray()));
            })];
        }

        using FileStream stream = System.IO.File.Create(File);
        var written = new StoredZip(stream);
        Array.ForEach(files, file => written.Add(file.Name, new MemoryStream(file.Bytes)));
        written.Finish();
    }

    void Add(string name, Action<ZipArchiveEntry> change)
    {
        using ZipArchive zip = ZipFile.Open(File, ZipArchiveMode.Update);
        change(zip.CreateEntry(name, CompressionLevel.NoCompression));
    }

    // Every entry of the directory points to one file.
    static byte[] Overlapping(int entries, int size)
    {
        using var stream = new MemoryStream();
        var zip = new StoredZip(stream);
        zip.Add("f00", new MemoryStream(new byte[size]));
        int directory = (int)stream.Length;
        zip.Finish();
        byte[] bytes = stream.ToArray();
        byte[] entry = bytes[directory..^22], end = bytes[^22..];
        using var all = new MemoryStream();
        all.Write(bytes.AsSpan(0, directory));
        for (int i = 0; i < entries; i++)
        {
            (entry[^2], entry[^1]) = ((byte)('0' + (i / 10)), (byte)('0' + (i % 10)));
            all.Write(entry);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), entries * entry.Length);
        all.Write(end);
        return all.ToArray();
    }

    static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    sealed record Settings
    {
        public double Rate { get; init; } = 0.1;
    }
}
