using System.Globalization;
using Ashlar.Data.Loading;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Training;

/// <summary>Everything that decides the next bit of a training, in one safetensors file: a run that loads it goes on as if it had never stopped.</summary>
/// <remarks>
/// Weights, buffers, counters and keys of the model, and the optimizer's state with the loss scale, are always in it; a loader, a mean of weights, a schedule with a state, metrics
/// and parts of one's own are added with <c>With</c>. The file's metadata holds facts: the format's version, the numerics version, the model's text, the optimizer's type, the loader's settings, and any that are added.
/// Chance needs no further state: counters and keys are the model's, and the order of examples is a function of seed and epoch.
/// </remarks>
public sealed class TrainingCheckpoint
{
    /// <summary>The value of the fact <c>format</c>.</summary>
    public const string Format = "ashlar training 1";

    readonly SortedDictionary<string, IStateful> _parts = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, string> _facts = new(StringComparer.Ordinal);

    /// <param name="model">The outermost module; it may have been built and drawn anew before <see cref="Load"/>.</param>
    /// <param name="optimizer">With the groups that it has when saving.</param>
    public TrainingCheckpoint(Module model, Optimizer optimizer)
    {
        With("model", model);
        With("keys", new KeyState(model));
        With("optimizer", optimizer);
        WithFact("format", Format);
        WithFact("numerics", Whole(Numerics.Version));
        WithFact("model", model.ToString());
        WithFact("optimizer", optimizer.GetType().Name);
        WithFact("loss scale", optimizer.LossScale is null ? "no" : "yes");
    }

    /// <summary>Adds a part. Parts are looked at when saving and loading, not now.</summary>
    /// <param name="name">The beginning of the names of its tensors in the file.</param>
    /// <param name="part">Such as a <see cref="WeightAverage"/>, a <see cref="PlateauSchedule"/> or a metric.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken, or it and another are one the beginning of the other.</exception>
    public TrainingCheckpoint With(string name, IStateful part)
    {
        string? other = _parts.Keys.FirstOrDefault(other => other == name || other.StartsWith(name + '.', StringComparison.Ordinal) || name.StartsWith(other + '.', StringComparison.Ordinal));
        if (name.Length == 0 || other is not null)
        {
            throw new ArgumentException($"TrainingCheckpoint.With: the name '{name}' is {(name.Length == 0 ? "empty" : $"not apart from '{other}'")}. Choose another.", nameof(name));
        }

        _parts.Add(name, part);
        return this;
    }

    /// <summary>Adds the position of a loader, and as facts what decides its batches: number of examples, batch size, order, seed.</summary>
    /// <param name="loader">Of the training data.</param>
    /// <returns>This.</returns>
    public TrainingCheckpoint With<TBatch>(DataLoader<TBatch> loader)
    {
        With("loader", new LoaderPosition(() => loader.State, state => loader.State = state));
        return WithFactsOf(loader);
    }

    /// <summary>Adds a text that must be the same when loading, such as a setting that decides bits.</summary>
    /// <param name="name">Unlike any other fact's.</param>
    /// <param name="value">The text.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public TrainingCheckpoint WithFact(string name, string value)
    {
        if (!_facts.TryAdd(name, value))
        {
            throw new ArgumentException($"TrainingCheckpoint.WithFact: there is a fact '{name}' already: '{_facts[name]}'. Choose another name.", nameof(name));
        }

        return this;
    }

    /// <summary>Writes the file, whole or not at all: a process killed on the way leaves the one before (see <see cref="AtomicFile"/>).</summary>
    /// <param name="path">Where it shall appear. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Gradients wait for a step, or a model has its means at present: save between steps.</exception>
    public void Save(string path) => SafetensorsWriter.Save(
        path,
        _parts.SelectMany(part => part.Value.StateTensors().Select(pair => SafetensorsTensor.From($"{part.Key}.{pair.Key}", pair.Value))),
        _facts);

    /// <summary>The hash of every part's present state (<see cref="WeightsHash"/>), by the part's name in ordinal order: <c>keys</c>, <c>model</c>, <c>optimizer</c>, and those that were added. Equal hashes now mean equal bits from now on.</summary>
    /// <exception cref="InvalidOperationException">Gradients wait for a step, or a model has its means at present: ask between steps.</exception>
    public IReadOnlyDictionary<string, string> Hashes()
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, IStateful part) in _parts)
        {
            hashes.Add(name, WeightsHash.Of(part.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))));
        }

        return hashes;
    }

    /// <summary>Takes a saved state into all parts.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="StateException">It was saved with other facts or parts. Every difference is named; nothing is changed.</exception>
    /// <exception cref="ParseException">The file is no safetensors file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Dictionary<string, Dictionary<string, Tensor>> states = _parts.Keys.ToDictionary(name => name, _ => new Dictionary<string, Tensor>(StringComparer.Ordinal), StringComparer.Ordinal);
        List<string> differences = [.. CheckpointFacts.Differences(_facts, file.Metadata)];
        foreach (SafetensorsTensor tensor in file.ReadAll())
        {
            string? part = _parts.Keys.FirstOrDefault(part => tensor.Name.StartsWith(part + '.', StringComparison.Ordinal));
            if (part is null)
            {
                differences.Add($"unexpected '{tensor.Name}'");
            }
            else
            {
                states[part].Add(tensor.Name[(part.Length + 1)..], tensor.ToTensor());
            }
        }

        foreach ((string name, IStateful part) in _parts)
        {
            differences.AddRange(part.Differences(states[name]).Select(difference => $"{name}: {difference}"));
        }

        if (differences.Count > 0)
        {
            throw new StateException($"TrainingCheckpoint.Load: {path} is of another training. {differences.Count} {(differences.Count == 1 ? "difference" : "differences")}: {string.Join("; ", differences)}. Nothing was changed. Build everything as it was when the checkpoint was saved.");
        }

        foreach ((string name, IStateful part) in _parts)
        {
            part.Load(states[name]);
        }
    }

    /// <summary>The present state of all parts, in memory.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> Capture() => _parts.ToDictionary(part => part.Key, part => part.Value.StateTensors(), StringComparer.Ordinal);

    /// <summary>Takes back what <see cref="Capture"/> gave.</summary>
    internal void Return(IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> captured)
    {
        foreach ((string name, IStateful part) in _parts)
        {
            part.Load(captured[name]);
        }
    }

    internal TrainingCheckpoint WithFactsOf<TBatch>(DataLoader<TBatch> loader) =>
        WithFact("examples", Whole(loader.ExampleCount))
            .WithFact("batch size", Whole(loader.Options.BatchSize))
            .WithFact("order", loader.Options.Shuffle ? $"shuffled by seed {Whole(loader.Options.Seed)}" : "by number")
            .WithFact("last batch", loader.Options.DropLast ? "dropped if short" : "kept");

    static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
