using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Ashlar.Lab.Reproduction;

namespace Ashlar.Lab.Bundles;

/// <summary>A bundle that somebody sent. Nothing in it is believed: names that lead out of the folder, links, compressed or overlapping files, names given twice and files that the manifest does not know are refused before a byte is written.</summary>
sealed class BundleArchive : IDisposable
{
    const int LargestManifest = 64 << 20;
    const int MostFiles = 65_534;

    // The upper half of a zip entry's attributes holds the mode where the file was made on Unix; this kind is a link.
    const int KindMask = 0xF000;
    const int LinkKind = 0xA000;

    readonly ZipArchive _zip;
    readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    /// <param name="path">The file.</param>
    /// <exception cref="LabException">It is no bundle, or one that cannot be trusted; the message says why.</exception>
    public BundleArchive(string path)
    {
        Name = Path.GetFileName(path);
        FileStream stream = Opened(path);
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read);
            Check(stream.Length);
            Manifest = ReadManifest();
            Compare();
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw Refused($"it is no zip file, or a damaged one: {e.Message}");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public BundleManifest Manifest { get; }

    /// <summary>The bytes of a file.</summary>
    public Stream Open(string path) => _entries[path].Open();

    /// <summary>Compares every file with its hash.</summary>
    public IEnumerable<VerdictRow> Rows()
    {
        int sound = 0;
        foreach (BundleFile file in Manifest.Files)
        {
            string found = HashOf(file.Path);
            if (found == file.Sha256)
            {
                sound++;
            }
            else
            {
                yield return VerdictRow.Differs($"file {file.Path}", file.Sha256[..12], found[..Math.Min(12, found.Length)], "its bytes are not those of the manifest");
            }
        }

        if (sound > 0)
        {
            yield return VerdictRow.Equal("files of the bundle", $"{sound} hashes");
        }
    }

    public void Dispose() => _zip.Dispose();

    string HashOf(string path)
    {
        try
        {
            using Stream content = Open(path);
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    static FileStream Opened(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"verify: {path} cannot be read: {e.Message} Name a file that ashlar pack made.", e);
        }
    }

    void Check(long length)
    {
        if (_zip.Entries.Count > MostFiles)
        {
            throw Refused($"it has {_zip.Entries.Count} files, more than {MostFiles}");
        }

        long sum = 0;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ZipArchiveEntry entry in _zip.Entries)
        {
            string name = entry.FullName;
            string shown = string.Concat(name.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter));
            if (ArtifactName.Fault(name) is { } fault)
            {
                throw Refused($"of the file '{shown}' {fault}");
            }

            if (!names.Add(name))
            {
                throw Refused($"the name '{shown}' is given twice");
            }

            if (((entry.ExternalAttributes >> 16) & KindMask) == LinkKind)
            {
                throw Refused($"'{shown}' is a link");
            }

            if (entry.IsEncrypted || entry.CompressedLength != entry.Length)
            {
                throw Refused($"'{shown}' is {(entry.IsEncrypted ? "encrypted" : "compressed")}, which ashlar pack never does");
            }

            _entries.Add(name, entry);
            sum += entry.Length;
            if (sum > length)
            {
                throw Refused($"its files together are larger than it is itself ({length} bytes)");
            }
        }
    }

    BundleManifest ReadManifest()
    {
        if (!_entries.TryGetValue(BundleManifest.FileName, out ZipArchiveEntry? entry) || entry.Length > LargestManifest)
        {
            throw Refused(entry is null ? $"it has no {BundleManifest.FileName}" : $"its {BundleManifest.FileName} has {entry.Length} bytes");
        }

        try
        {
            using Stream content = entry.Open();
            BundleManifest manifest = JsonSerializer.Deserialize(content, BundleJson.Manifest.BundleManifest) ?? throw Refused($"its {BundleManifest.FileName} is null");
            return manifest.Format == BundleManifest.CurrentFormat ? manifest : throw Refused($"its format is '{manifest.Format}', this program reads '{BundleManifest.CurrentFormat}'");
        }
        catch (JsonException e)
        {
            throw Refused($"its {BundleManifest.FileName} is damaged: {e.Message}");
        }
    }

    void Compare()
    {
        var known = new HashSet<string>(StringComparer.Ordinal) { BundleManifest.FileName };
        foreach (BundleFile file in Manifest.Files)
        {
            if (!known.Add(file.Path) || !_entries.TryGetValue(file.Path, out ZipArchiveEntry? entry) || entry.Length != file.Size || !Storage.ArtifactStore.IsHash(file.Sha256))
            {
                throw Refused($"the manifest names '{file.Path}', which is not in it, or with another size");
            }
        }

        if (_entries.Keys.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
        {
            throw Refused($"the manifest does not know '{stranger}'");
        }

        if (!known.Contains(ClaimsFile.FileName))
        {
            throw Refused($"it has no {ClaimsFile.FileName}");
        }

        if (Manifest.Runs.FirstOrDefault(run => !RunId.IsValid(run)) is { } wrong)
        {
            throw Refused($"'{wrong}' is no id of a run");
        }

        if (Manifest.Data.FirstOrDefault(file => file.Path is not null && !known.Contains(file.Path)) is { } absent)
        {
            throw Refused($"the data '{absent.Name}' is not in it");
        }
    }

    LabException Refused(string why) => new($"verify: {Name} is refused: {why}. Nothing of it was unpacked or run. Take the original file.");
}
