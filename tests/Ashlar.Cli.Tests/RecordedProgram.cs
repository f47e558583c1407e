namespace Ashlar.Cli.Tests;

/// <summary>A small program of somebody's, in a project of its own that takes the built assemblies: building all of Ashlar again would take a minute.</summary>
public sealed class RecordedProgram : IDisposable
{
    public const string Source = """
        using Ashlar.Lab;

        Settings settings = Run.Current.Configuration<Settings>();
        Console.WriteLine($"rate {settings.Rate}, width {settings.Model.Width}, {string.Join(' ', args)}");
        Console.Error.Write("working\rdone\n");
        if (args.Contains("wait"))
        {
            Console.WriteLine("waiting");
            Thread.Sleep(60_000);
        }

        Run.Current.LogData("number", "data/number.txt");
        double number = double.Parse(File.ReadAllText("data/number.txt"));
        for (int step = 0; step < 5; step++)
        {
            Run.Current.Log("value", number * settings.Rate * step, step);
        }

        Run.Current.LogArtifact("result"u8, "result.txt");
        return args.Contains("fail") ? 7 : 0;

        sealed record Settings
        {
            public double Rate { get; init; } = 0.5;
            public Model Model { get; init; } = new();
        }

        sealed record Model
        {
            public int Width { get; init; } = 3;
        }

        """;

    readonly TemporaryFolder _folder = new();

    public RecordedProgram()
    {
        Directory.CreateDirectory(File("program/data"));
        System.IO.File.WriteAllText(File("program/data/number.txt"), "2");
        System.IO.File.WriteAllText(File("program/Program.cs"), Source);
        string references = string.Concat(((string[])["Ashlar.Core", "Ashlar", "Ashlar.Data", "Ashlar.Learn", "Ashlar.Lab"])
            .Select(name => $"<Reference Include=\"{name}\"><HintPath>{Path.Combine(AppContext.BaseDirectory, name)}.dll</HintPath></Reference>"));
        System.IO.File.WriteAllText(File("program/small.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        System.IO.File.WriteAllText(File("settings.yaml"), "rate: 0.25 # of the file\nmodel:\n  width: 8\n");
        First = Run($"run {File("program")} rate=0.125 --config {File("settings.yaml")} --name small --tag kind=test --experiment mine -- one two");
    }

    /// <summary>What the first run said.</summary>
    internal ToolResult First { get; }

    public string File(string name) => _folder.File(name);

    /// <summary>Runs a command in the program's folder.</summary>
    internal ToolResult Run(string arguments) => Tool.Run(arguments, Environment, File("program"));

    internal Dictionary<string, string> Environment => new() { ["ASHLAR_HOME"] = File("lab") };

    public void Dispose() => _folder.Dispose();
}
