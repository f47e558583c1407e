namespace Ashlar.House.Tests.Architecture;

/// <summary>Who may know whom. The one place to change when the house grows.</summary>
static class HousePlan
{
    /// <summary>A project may reference only projects of lower floors.</summary>
    public static readonly IReadOnlyDictionary<string, int> Floors = new Dictionary<string, int>
    {
        ["Ashlar.Core"] = 0,
        ["Ashlar"] = 1,
        ["Ashlar.Data"] = 2,
        ["Ashlar.Learn"] = 3,
        ["Ashlar.Models"] = 4,
        ["Ashlar.Reason"] = 4,
        ["Ashlar.Lab"] = 5,
        ["Ashlar.Server"] = 6,
        ["Ashlar.Cli"] = 7,
    };

    /// <summary>The namespaces of each assembly from low to high. A type may use its own and lower ones. An ending <c>.*</c> takes in the namespaces below.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Rooms = new Dictionary<string, string[]>
    {
        ["Ashlar.Core"] =
        [
            "Ashlar",
            "Ashlar.Scalars",
            "Ashlar.Functions",
            "Ashlar.Randomness",
            "Ashlar.Runtime",
            "Ashlar.Ir",
            "Ashlar.Reference",
            "Ashlar.Primitives.*",
            "Ashlar.Autodiff",
            "Ashlar.Calls",
            "Ashlar.Kernels",
            "Ashlar.Cpu.*",
            "Ashlar.Schedule",
        ],
        ["Ashlar"] = ["Ashlar"],
        ["Ashlar.Data"] =
        [
            "Ashlar.Data",
            "Ashlar.Data.Idx",
            "Ashlar.Data.Images",
            "Ashlar.Data.Audio",
            "Ashlar.Data.Datasets",
            "Ashlar.Data.Loading",
        ],
        ["Ashlar.Learn"] =
        [
            "Ashlar.Nn.Init",
            "Ashlar.Nn",
            "Ashlar.Optim",
            "Ashlar.Metrics",
            "Ashlar.Training",
        ],
        ["Ashlar.Models"] =
        [
            "Ashlar.Onnx.Protobuf",
            "Ashlar.Onnx.Values",
            "Ashlar.Onnx.Operators",
            "Ashlar.Onnx.Graphs",
            "Ashlar.Onnx.Writing",
            "Ashlar.Onnx",
        ],
        ["Ashlar.Lab"] =
        [
            "Ashlar.Lab.Storage",
            "Ashlar.Lab.Events",
            "Ashlar.Lab.Configuration",
            "Ashlar.Lab",
            "Ashlar.Lab.Queries",
            "Ashlar.Lab.Reproduction",
            "Ashlar.Lab.Bundles",
            "Ashlar.Lab.Sweeps",
        ],
        ["Ashlar.Server"] =
        [
            "Ashlar.Server.Index",
            "Ashlar.Server.Api",
            "Ashlar.Server.MLflow",
            "Ashlar.Server",
        ],
        ["Ashlar.Cli"] = ["Ashlar.Cli.*"],
    };

    /// <summary>Packages that only analyse or trim; nothing of them reaches a user.</summary>
    public static readonly string[] BuildPackages = ["Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.NET.ILLink.Tasks", "Grpc.Tools"];

    static readonly string[] Sqlite = ["Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "SQLitePCLRaw.lib.e_sqlite3", "SQLitePCLRaw.provider.e_sqlite3"];

    /// <summary>Packages that a project may use at run time, those that other projects bring included. A project without a row may use none.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Packages = new Dictionary<string, string[]>
    {
        ["Ashlar.Cli"] = ["Google.Protobuf", "Spectre.Console", "System.CommandLine", "YamlDotNet", .. Sqlite],
        ["Ashlar.Models"] = ["Google.Protobuf"],
        ["Ashlar.Server"] = ["Google.Protobuf", .. Sqlite],
    };
}
