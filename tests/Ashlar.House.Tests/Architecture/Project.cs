using System.Reflection;
using System.Xml.Linq;

namespace Ashlar.House.Tests.Architecture;

/// <summary>A project file as far as the rules need it.</summary>
sealed record Project(string File, XElement Content)
{
    /// <summary>All projects below src, in ordinal order of their paths.</summary>
    public static IReadOnlyList<Project> Sources { get; } = [.. Repository.FilesIn("src", ".csproj").Select(Load)];

    /// <summary>File name without ending.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>Folder relative to the root.</summary>
    public string Folder => Path.GetDirectoryName(File)!.Replace('\\', '/');

    /// <summary>Names of the projects that it references.</summary>
    public IEnumerable<string> References
        => Content.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!));

    /// <summary>A property's text, or null when the file does not set it.</summary>
    public string? Property(string name) => (string?)Content.Descendants(name).FirstOrDefault();

    /// <summary>Name of the assembly it builds.</summary>
    public string AssemblyName => Property("AssemblyName") ?? Name;

    /// <summary>The built assembly. Fails when this test project does not reference it.</summary>
    public Assembly Assembly => Assembly.Load(AssemblyName);

    public static Project Load(string file) => new(file, XElement.Parse(Repository.Read(file)));
}
