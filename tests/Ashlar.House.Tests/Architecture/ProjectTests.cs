using System.Xml.Linq;

namespace Ashlar.House.Tests.Architecture;

public sealed class ProjectTests
{
    [Fact]
    public void A_project_references_only_lower_floors()
        => Findings.None("A project references only projects of lower floors (HousePlan.Floors).", Project.Sources.SelectMany(OutOfOrder));

    [Fact]
    public void A_reference_upwards_or_to_the_same_floor_is_found()
    {
        Project core = Planted("Ashlar.Core", "Ashlar");
        Project models = Planted("Ashlar.Models", "Ashlar.Reason");
        Project attic = Planted("Ashlar.Attic");

        Assert.Equal("Ashlar.Core (floor 0) references Ashlar (floor 1)", Assert.Single(OutOfOrder(core)));
        Assert.Equal("Ashlar.Models (floor 4) references Ashlar.Reason (floor 4)", Assert.Single(OutOfOrder(models)));
        Assert.Equal("Ashlar.Attic has no floor. Add it where it belongs.", Assert.Single(OutOfOrder(attic)));
        Assert.Empty(OutOfOrder(Planted("Ashlar.Data", "Ashlar.Core", "Ashlar")));
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        string solution = Repository.Read("Ashlar.slnx");
        IEnumerable<string> projects = Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));
        Findings.None("Ashlar.slnx lists every project; what it does not list is neither built nor tested.",
            projects.Where(file => !solution.Contains($"Path=\"{file}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void These_tests_see_every_source_project()
    {
        Project house = Project.Load("tests/Ashlar.House.Tests/Ashlar.House.Tests.csproj");
        Findings.None("Ashlar.House.Tests references every project below src.", Project.Sources.Select(source => source.Name).Except(house.References));
    }

    [Fact]
    public void Assembly_names_differ_by_more_than_case()
        => Findings.None("The loader compares assembly names without case: of two such assemblies one is never found.",
            Project.Sources.GroupBy(source => source.AssemblyName, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(" and ", group.Select(source => source.File))));

    static IEnumerable<string> OutOfOrder(Project project)
    {
        if (!HousePlan.Floors.TryGetValue(project.Name, out int own))
        {
            return [$"{project.Name} has no floor. Add it where it belongs."];
        }

        return project.References
            .Where(used => HousePlan.Floors.GetValueOrDefault(used, int.MaxValue) >= own)
            .Select(used => $"{project.Name} (floor {own}) references {used} (floor {(HousePlan.Floors.TryGetValue(used, out int floor) ? floor : "unknown")})");
    }

    static Project Planted(string name, params string[] references)
        => new($"src/{name}/{name}.csproj", new XElement("Project", references.Select(used => new XElement("ProjectReference", new XAttribute("Include", $"../{used}/{used}.csproj")))));
}
