using System.CommandLine;
using System.Globalization;
using Ashlar.Lab;
using Ashlar.Server;

namespace Ashlar.Cli;

/// <summary><c>ashlar doctor</c></summary>
sealed class DoctorCommand
{
    public static readonly string[] Examples =
    [
        "ashlar doctor",
        "ashlar doctor --reindex",
    ];

    readonly Option<bool> _reindex = new("--reindex") { Description = "Makes the index of the runs anew from their files." };
    readonly Option<string?> _folder = new("--folder") { Description = "The folder of the runs. Default: ASHLAR_HOME, else .ashlar.", HelpName = "DIR" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };

    public Command Build()
    {
        var command = new Command("doctor", "Looks through runs, events, store and index, and says what is damaged.") { _reindex, _folder, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string folder = Path.GetFullPath(parsed.GetValue(_folder) ?? LabFolder.Find().Path);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"doctor: there is no folder {folder}. Make a run first, or name the folder: ashlar doctor --folder DIR");
        }

        var doctor = new LabDoctor(folder);
        (int Runs, long Points)? made = parsed.GetValue(_reindex) ? doctor.Reindex() : null;
        Finding[] findings = [.. doctor.Check()];
        if (parsed.GetValue(_json))
        {
            Print(folder, made, findings);
        }
        else
        {
            foreach (Finding finding in findings)
            {
                Console.Out.WriteLine($"{finding.Place}: {finding.Fault}");
            }

            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {new LabFolder(folder).Runs().Count():#,0} runs{(made is { } index ? $", index made anew with {index.Points:#,0} points" : "")}; {(findings.Length == 0 ? "nothing is damaged" : $"{findings.Length} findings")}"));
        }

        return findings.Length == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    static void Print(string folder, (int Runs, long Points)? made, Finding[] findings) => JsonLine.Print(json =>
    {
        json.WriteStartObject();
        json.WriteString("folder", folder);
        if (made is { } index)
        {
            json.WriteNumber("runs", index.Runs);
            json.WriteNumber("points", index.Points);
        }

        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("place", finding.Place);
            json.WriteString("fault", finding.Fault);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
