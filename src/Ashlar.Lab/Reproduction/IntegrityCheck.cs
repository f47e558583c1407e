using System.Globalization;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Reproduction;

/// <summary>Level 0: whether the record still says what it said. Nothing of it is run.</summary>
static class IntegrityCheck
{
    public static IEnumerable<VerdictRow> Rows(RunRecord run, ArtifactStore store)
    {
        // Files are read when they are asked for first; their faults are known afterwards.
        IEnumerable<VerdictRow>[] rows =
        [
            Stored("source", run.Code.Files.Select(file => (file.Path, file.Sha256)), store),
            Stored("artifact", run.Artifacts.Select(artifact => (artifact.Name, artifact.Sha256)), store),
            run.Code.Git?.Patch is { } patch ? Stored("patch", [("uncommitted changes", patch)], store) : [],
            Chain([.. run.Chain]),
            Weights(run, store),
        ];
        VerdictRow[] all = [.. rows.SelectMany(of => of)];
        _ = (run.Host, run.Config, run.Data, run.File);
        return [.. run.Faults.Select(fault => VerdictRow.Differs("record", "whole files", "", fault)), .. all];
    }

    static IEnumerable<VerdictRow> Stored(string kind, IEnumerable<(string Name, string Sha256)> files, ArtifactStore store)
    {
        int sound = 0;
        foreach ((string name, string sha256) in files)
        {
            if (!ArtifactStore.IsHash(sha256))
            {
                yield return VerdictRow.Differs($"{kind} {name}", sha256, "", "the record has no SHA-256 for it");
            }
            else if (!store.Contains(sha256))
            {
                yield return VerdictRow.Differs($"{kind} {name}", Short(sha256), "", "the store does not have it");
            }
            else if (!store.Verify(sha256))
            {
                yield return VerdictRow.Differs($"{kind} {name}", Short(sha256), Short(FileHash.Of(store.PathOf(sha256))), "its bytes in the store are others");
            }
            else
            {
                sound++;
            }
        }

        if (sound > 0)
        {
            yield return VerdictRow.Equal($"{kind} files in the store", string.Create(CultureInfo.InvariantCulture, $"{sound} hashes"));
        }
    }

    static IEnumerable<VerdictRow> Chain(ChainLink[] links)
    {
        ChainLink? wrong = links.FirstOrDefault(link => !link.IsSound());
        if (wrong is not null)
        {
            yield return VerdictRow.Differs("chain is whole", Short(wrong.Hash), Short(ChainLink.HashOf(wrong.Step, wrong.Weights, wrong.Optimizer, wrong.Loader, wrong.Counters, wrong.Previous)), $"the link of step {wrong.Step.ToString(CultureInfo.InvariantCulture)} does not hash to its own hash");
        }
        else if (links.FirstOrDefault() is { Previous.Length: > 0 } first)
        {
            yield return VerdictRow.Differs("chain is whole", Short(first.Previous), "", $"the first link, of step {first.Step.ToString(CultureInfo.InvariantCulture)}, follows one that is not there");
        }
        else if (links.Zip(links.Skip(1)).FirstOrDefault(pair => pair.Second.Previous != pair.First.Hash) is { Second: { } torn, First: var before })
        {
            yield return VerdictRow.Differs("chain is whole", Short(torn.Previous), Short(before.Hash), $"the link of step {torn.Step.ToString(CultureInfo.InvariantCulture)} does not follow the one before it");
        }
        else if (links.Length > 0)
        {
            yield return VerdictRow.Equal("chain is whole", string.Create(CultureInfo.InvariantCulture, $"{links.Length} links"));
        }
    }

    static IEnumerable<VerdictRow> Weights(RunRecord run, ArtifactStore store)
    {
        if (run.Weights is { } weights && StoredModel(run) is { } model && ArtifactStore.IsHash(model.Sha256) && store.Contains(model.Sha256))
        {
            string found;
            try
            {
                using SafetensorsFile file = SafetensorsFile.Open(store.PathOf(model.Sha256));
                found = WeightsHash.Of(file.ReadAll());
            }
            catch (FormatException e)
            {
                found = e.Message;
            }

            yield return found == weights ? VerdictRow.Equal("weights in the model", Short(weights)) : VerdictRow.Differs("weights in the model", Short(weights), Short(found), $"{model.Name} holds other weights");
        }
    }

    /// <summary>The artifact that holds the final weights, or null.</summary>
    public static ArtifactRecord? StoredModel(RunRecord run) =>
        run.Artifacts.FirstOrDefault(artifact => artifact.Name == "model.safetensors")
        ?? run.Artifacts.LastOrDefault(artifact => artifact.Name.EndsWith(".safetensors", StringComparison.Ordinal) && !artifact.Name.StartsWith("checkpoints/", StringComparison.Ordinal));

    public static string Short(string hash) => ArtifactStore.IsHash(hash) ? hash[..12] : hash;
}
