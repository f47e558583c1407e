using System.Text.Json;
using Ashlar.House.Tests.Architecture;

namespace Ashlar.House.Tests.Sources;

public sealed class PackageTests
{
    [Fact]
    public void A_project_takes_only_the_packages_of_its_row()
        => Findings.None("A new package is a decision: a page in docs/decisions and a row in HousePlan.Packages.",
            Project.Sources.SelectMany(source => Unlisted(source.Name, Repository.Read($"{source.Folder}/packages.lock.json"))));

    [Fact]
    public void Every_project_has_a_lock_file()
        => Findings.None("Locked restore needs packages.lock.json beside every project: run `dotnet restore` and commit it.",
            Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
                .Select(file => $"{Path.GetDirectoryName(file)!.Replace('\\', '/')}/packages.lock.json")
                .Where(file => !Repository.Files.Contains(file)));

    [Fact]
    public void A_package_outside_the_row_is_found_also_when_another_brings_it()
    {
        const string Lock = """
            { "version": 2, "dependencies": { "net10.0": {
              "Spectre.Console": { "type": "Direct", "resolved": "0.49.1" },
              "Newtonsoft.Json": { "type": "Transitive", "resolved": "13.0.3" },
              "ashlar.core": { "type": "Project" } } } }
            """;
        Assert.Equal(["Ashlar.Core takes Newtonsoft.Json", "Ashlar.Core takes Spectre.Console"], Unlisted("Ashlar.Core", Lock).Order());
        Assert.Equal(["Ashlar.Cli takes Newtonsoft.Json"], Unlisted("Ashlar.Cli", Lock));
    }

    static IEnumerable<string> Unlisted(string project, string lockFile)
    {
        using JsonDocument document = JsonDocument.Parse(lockFile);
        string[] allowed = [.. HousePlan.BuildPackages, .. HousePlan.Packages.GetValueOrDefault(project, [])];
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project" && !allowed.Contains(package.Name))
            .Select(package => $"{project} takes {package.Name}")];
    }
}
