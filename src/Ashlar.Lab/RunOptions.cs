using Ashlar.Lab.Configuration;

namespace Ashlar.Lab;

/// <summary>How a run is recorded.</summary>
public sealed record RunOptions
{
    /// <summary>Where; null for <see cref="LabFolder.Find()"/>.</summary>
    public LabFolder? Lab { get; init; }

    /// <summary>What it belongs to.</summary>
    public string Experiment { get; init; } = "default";

    /// <summary>Names with texts, for people and searches.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The program's arguments <c>key=value</c>, from which <see cref="Run.Configuration{T}"/> is filled.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Values from files, for <see cref="Run.Configuration{T}"/>; arguments come before them.</summary>
    public ConfigFile Values { get; init; } = ConfigFile.Empty;

    /// <summary>What a shell was given; empty for the arguments of the process.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Id of the run that it belongs to, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>Id of its sweep, or null.</summary>
    public string? Sweep { get; init; }

    /// <summary>A reference to the run that goes on in its own folder (<see cref="LabFolder.Find(string)"/>), or null for a new one. Points of steps that are taken again hide the earlier ones.</summary>
    public string? Resume { get; init; }

    /// <summary>The script or project whose sources are kept; null to find it, empty for none.</summary>
    public string? Code { get; init; }

    /// <summary>Whether what the program prints is kept in <c>log.txt</c>.</summary>
    public bool KeepConsole { get; init; } = true;

    /// <summary>From one look at processor and memory to the next; null for none.</summary>
    public TimeSpan? SystemEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Steps from one link of the chain to the next, ≥ 1.</summary>
    public int ChainEvery { get; init; } = 100;

    /// <summary>Takes the one message about a folder that cannot be written; null for the error stream.</summary>
    public Action<string>? Say { get; init; }
}
