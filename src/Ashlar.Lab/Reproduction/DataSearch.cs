namespace Ashlar.Lab.Reproduction;

/// <summary>Finds the files of data that a run read, and checks that they are the same.</summary>
/// <param name="run">The run.</param>
/// <param name="options">Names other places.</param>
sealed class DataSearch(RunRecord run, ReproductionOptions options)
{
    /// <summary>Where the files are that have the recorded hash, by their names.</summary>
    public Dictionary<string, string> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>A row for each file.</summary>
    /// <param name="folder">Takes what is fetched.</param>
    public IEnumerable<VerdictRow> Rows(string folder)
    {
        foreach (string unknown in options.Data.Keys.Except(run.Data.Files.Select(file => file.Name)))
        {
            throw new LabException($"reproduce: the run has no data '{unknown}'. It has {(run.Data.Files.Count == 0 ? "none" : string.Join(", ", run.Data.Files.Select(file => file.Name)))}.");
        }

        foreach (DataFile file in run.Data.Files)
        {
            yield return Row(file, folder);
        }
    }

    VerdictRow Row(DataFile file, string folder)
    {
        string claim = $"data {file.Name}", recorded = IntegrityCheck.Short(file.Sha256);
        bool named = options.Data.TryGetValue(file.Name, out string? place);
        place = named ? Directory.Exists(place) ? Path.Combine(place, Path.GetFileName(file.Path)) : place! : file.Path;
        if (!named && !File.Exists(place) && file.Fetch is { } source)
        {
            if (!options.Fetch)
            {
                return VerdictRow.Failed(claim, recorded, $"{place} is absent. Fetch it from {source} with --fetch, or name it: --data {file.Name}=PATH");
            }

            try
            {
                place = Download(source, Path.Combine(folder, Path.GetFileName(file.Path)));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or UriFormatException)
            {
                return VerdictRow.Failed(claim, recorded, $"{source} cannot be fetched: {e.Message} Name the file: --data {file.Name}=PATH");
            }
        }

        if (!File.Exists(place))
        {
            return VerdictRow.Failed(claim, recorded, $"{place} is absent. Name the file: --data {file.Name}=PATH");
        }

        string hash = FileHash.Of(place);
        if (hash != file.Sha256)
        {
            return VerdictRow.Differs(claim, recorded, IntegrityCheck.Short(hash), $"{place} has other bytes ({new FileInfo(place).Length} of {file.Size})");
        }

        Found[file.Name] = Path.GetFullPath(place);
        return VerdictRow.Equal(claim, recorded);
    }

    string Download(string source, string path)
    {
        options.Progress?.Invoke($"fetching {source}");
        if (!Uri.TryCreate(source, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw new UriFormatException("it is a command and not an address; commands are not run for you.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var client = new HttpClient();
        using Stream content = client.GetStreamAsync(address).GetAwaiter().GetResult();
        using FileStream file = File.Create(path);
        content.CopyTo(file);
        return path;
    }
}
