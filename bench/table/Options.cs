namespace Ashlar.Bench;

/// <summary>What the command line asks for.</summary>
sealed record Options
{
    public const string Usage = """
        bench/run [--quick] [--only NAME]... [--threads 1,2] [--json FILE] [--list] [--traffic] [--median FILE]... [--page FILE]
          --quick        fewer and shorter windows
          --only NAME    rows whose family, or name and size, contain NAME
          --threads T    thread counts, 1,2 unless told
          --json FILE    writes the results; those of a whole table go to bench/results/table.json unless told
          --median FILE  measures nothing: makes one table of several files of results, each row the middle one of them
          --page FILE    measures nothing: writes the table of a file of results into docs/performance.md
          --list         the rows and their targets; measures nothing
          --traffic      launches and bytes of the training steps; measures nothing
        """;

    public bool Quick { get; private init; }

    public bool List { get; private init; }

    /// <summary>Whether the launches and bytes of training steps are wanted instead.</summary>
    public bool Traffic { get; private init; }

    public IReadOnlyList<string> Only { get; private init; } = [];

    public IReadOnlyList<int> Threads { get; private init; } = [1, 2];

    public string? Json { get; private init; }

    /// <summary>Files of results of which one is to be made.</summary>
    public IReadOnlyList<string> Medians { get; private init; } = [];

    public string? Page { get; private init; }

    /// <summary>Rounds of one window of each side.</summary>
    public int Rounds => Quick ? 5 : 13;

    /// <summary>Rounds of calls that take so long.</summary>
    public int RoundsOf(double once) => once > 0.25 ? Math.Min(Rounds, Quick ? 3 : 7) : Rounds;

    /// <summary>Work of one window.</summary>
    public TimeSpan Window => TimeSpan.FromMilliseconds(Quick ? 8 : 20);

    /// <summary>How long the product runs before it is measured: the runtime compiles hot methods again in the background.</summary>
    public TimeSpan WarmUp => TimeSpan.FromMilliseconds(Quick ? 300 : 500);

    /// <summary>Processes of each side where a process is what is measured.</summary>
    public int Processes => Quick ? 3 : 7;

    /// <summary>Where the results go: the file that was named, for a whole table a file of its own, else nowhere.</summary>
    public string? File => Json ?? (Only.Count == 0 ? Path.Combine("bench", "results", "table.json") : null);

    /// <summary>How often a call that takes so long fits a window.</summary>
    public int Times(double once) => (int)Math.Clamp(Window.TotalSeconds / once, 1, 1_000_000);

    public bool Wants(string family, IRow row)
        => Only.Count == 0 || Only.Any(name => family == name || $"{row.Name} {row.Size}".Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">Not a line that <see cref="Usage"/> describes.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--list" => options with { List = true },
                "--traffic" => options with { Traffic = true },
                "--only" => options with { Only = [.. options.Only, Value(args, ref i)] },
                "--threads" => options with { Threads = [.. Value(args, ref i).Split(',').Select(Count)] },
                "--median" => options with { Medians = [.. options.Medians, Value(args, ref i)] },
                "--page" => options with { Page = Value(args, ref i) },
                "--json" => options with { Json = Value(args, ref i) },
                _ => throw new ArgumentException($"bench: {args[i]} is no option.\n{Usage}"),
            };
        }

        return options;
    }

    static string Value(string[] args, ref int i) => ++i < args.Length ? args[i] : throw new ArgumentException($"bench: {args[i - 1]} wants a value.\n{Usage}");

    static int Count(string text) => int.TryParse(text, out int count) && count > 0 ? count : throw new ArgumentException($"bench: {text} is no count of threads.\n{Usage}");
}
