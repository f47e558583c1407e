using System.CommandLine;
using System.Globalization;
using Ashlar.Cli.Runs;
using Ashlar.Lab;
using Ashlar.Lab.Bundles;

namespace Ashlar.Cli.Bundles;

/// <summary><c>ashlar pack</c></summary>
sealed class PackCommand
{
    public static readonly string[] Examples =
    [
        "ashlar pack @last --out digits.zip",
        "ashlar pack @best:accuracy 20261122-0930 --out paper.zip --title \"Digits in four layers\" --author \"Lovelace, Ada\" --license MIT",
        "ashlar pack @last --out small.zip --data none",
    ];

    readonly Argument<string[]> _runs = RunArguments.Several(ArgumentArity.OneOrMore);
    readonly Option<string> _out = new("--out") { Description = "The zip file; one there is replaced.", HelpName = "FILE", Required = true };
    readonly Option<string?> _title = new("--title") { Description = "Of the work. Default: the name of the first run.", HelpName = "TEXT" };
    readonly Option<string[]> _authors = new("--author") { Description = "An author; may be given again.", HelpName = "FAMILY, GIVEN", DefaultValueFactory = _ => [] };
    readonly Option<string?> _license = new("--license") { Description = "License by its SPDX name, such as MIT.", HelpName = "NAME" };
    readonly Option<string> _data = new("--data") { Description = "Files of data to put in: those that no address gives (not-fetchable), all, or none.", DefaultValueFactory = _ => "not-fetchable" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"file\", \"sha256\", \"bytes\", \"files\", \"runs\"}." };

    public Command Build()
    {
        var command = new Command("pack", "Makes one zip file with which a reader can check and repeat runs.") { _runs, _out, _title, _authors, _license, _data, _json };
        _data.AcceptOnlyFromAmong("not-fetchable", "all", "none");
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        string path = parsed.GetRequiredValue(_out);
        (BundleManifest manifest, string hash) = Bundle.Pack(lab, RunArguments.Find(lab, parsed.GetRequiredValue(_runs)), path, new BundleOptions
        {
            Title = parsed.GetValue(_title),
            Authors = parsed.GetRequiredValue(_authors),
            License = parsed.GetValue(_license),
            Data = parsed.GetRequiredValue(_data) switch
            {
                "all" => BundleData.All,
                "none" => BundleData.None,
                _ => BundleData.NotFetchable,
            },
        });
        long bytes = new FileInfo(path).Length;
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", path);
                json.WriteString("sha256", hash);
                json.WriteNumber("bytes", bytes);
                json.WriteNumber("files", manifest.Files.Count + 1);
                json.WriteTexts("runs", manifest.Runs);
                json.WriteEndObject();
            });
            return ExitCode.Success;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}  {bytes / 1048576.0:0.0} MiB, {manifest.Files.Count + 1} files, {manifest.Runs.Count} {(manifest.Runs.Count == 1 ? "run" : "runs")}"));
        Console.Out.WriteLine($"sha256 {hash}");
        foreach (BundleDataFile absent in manifest.Data.Where(file => file.Path is null))
        {
            Console.Out.WriteLine($"data {absent.Name} is not in it: {(absent.Fetch is { } fetch ? $"readers fetch it from {fetch}" : "readers name it with --data")}");
        }

        Console.Out.WriteLine($"Open questions are in CHECKLIST.md. Check it: ashlar verify {path}");
        return ExitCode.Success;
    }
}
