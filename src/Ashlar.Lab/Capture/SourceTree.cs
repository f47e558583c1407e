using System.Xml;
using System.Xml.Linq;

namespace Ashlar.Lab;

/// <summary>Finds the files that a program is built from: those of its project, of the projects that it refers to, and what stands above them for all.</summary>
sealed class SourceTree
{
    // Data lies beside code; no source file is that large.
    const long Largest = 32 << 20;

    static readonly string[] Above = ["Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props", "global.json", "NuGet.config", "nuget.config", "NuGet.Config", ".editorconfig"];

    static readonly string[] Endings = [".cs", ".csproj", ".props", ".targets", ".json", ".resx", ".config", ".xml", ".txt", ".md", ".razor", ".cshtml", ".proto", ".yaml", ".yml", ".editorconfig", ".slnx", ".sln"];

    static readonly string[] LeftOut = ["bin", "obj", "artifacts", "node_modules", "TestResults"];

    readonly HashSet<string> _files = new(StringComparer.Ordinal);
    readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    readonly HashSet<string> _read = new(StringComparer.Ordinal);
    readonly List<string> _omitted = [];

    SourceTree(string start)
    {
        Start = start;
        if (start.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
        {
            AddScript(start);
        }
        else
        {
            AddProject(start);
        }
    }

    /// <summary>The script or project file, absolute.</summary>
    public string Start { get; }

    /// <summary>Absolute paths in ordinal order.</summary>
    public IReadOnlyList<string> Files => [.. _files.Order(StringComparer.Ordinal)];

    /// <summary>Files that are too large to be sources.</summary>
    public IReadOnlyList<string> Omitted => _omitted;

    /// <summary>The deepest folder that holds all files.</summary>
    public string Root => _files.Select(file => Path.GetDirectoryName(file)!).Aggregate(Common);

    /// <param name="path">A <c>.cs</c> file, a project file, or a folder with one project file.</param>
    /// <exception cref="LabException">There is none.</exception>
    public static SourceTree Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            string[] projects = Directory.GetFiles(full, "*.csproj");
            full = projects.Length == 1 ? projects[0] : throw new LabException($"code: {full} has {projects.Length} project files. Name one, or a .cs file.");
        }

        return File.Exists(full) ? new SourceTree(full) : throw new LabException($"code: {full} does not exist. Name a .cs file, a .csproj file, or the folder of one.");
    }

    void AddScript(string path)
    {
        AddFile(path);
        AddAbove(Path.GetDirectoryName(path)!);
        foreach (string line in File.ReadLines(path).Where(line => line.StartsWith("#:", StringComparison.Ordinal)))
        {
            string[] words = line[2..].Trim().Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
            string target = words.Length == 2 ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, words[1].Replace('\\', '/'))) : "";
            if (words[0] == "project" && Directory.Exists(target))
            {
                target = Directory.EnumerateFiles(target, "*.csproj").FirstOrDefault() ?? "";
            }

            if (words[0] == "project" && File.Exists(target))
            {
                AddProject(target);
            }
            else if (words[0] == "include" && File.Exists(target))
            {
                AddFile(target);
            }
        }
    }

    void AddProject(string path)
    {
        if (!_read.Add(path))
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!;
        AddFile(path);
        AddAbove(folder);
        foreach (string file in new GitProgram(folder).Files() ?? Walk(folder))
        {
            AddFile(file);
        }

        AddNamed(path);
    }

    /// <summary>What an MSBuild file names: projects, imports, and items outside its folder.</summary>
    void AddNamed(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (XElement element in Elements(path))
        {
            foreach (string value in ((string?)element.Attribute("Include") ?? (string?)element.Attribute("Project") ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                string name = value.Replace("$(MSBuildThisFileDirectory)", folder + '/', StringComparison.Ordinal).Replace("$(MSBuildProjectDirectory)", folder + '/', StringComparison.Ordinal).Replace('\\', '/');
                string target = name.AsSpan().ContainsAny("$@*?%") ? "" : Path.GetFullPath(Path.Combine(folder, name));
                if (!File.Exists(target))
                {
                    continue;
                }

                if (element.Name.LocalName == "ProjectReference")
                {
                    AddProject(target);
                }
                else if (AddFile(target) && element.Name.LocalName == "Import")
                {
                    AddNamed(target);
                }
            }
        }
    }

    void AddAbove(string folder)
    {
        for (string? at = folder; at is not null && _folders.Add(at); at = Path.GetDirectoryName(at))
        {
            foreach (string file in Above.Select(name => Path.Combine(at, name)).Where(File.Exists))
            {
                if (AddFile(file) && Path.GetExtension(file) is ".props" or ".targets")
                {
                    AddNamed(file);
                }
            }
        }
    }

    bool AddFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null)
        {
            return false;
        }

        if (file.Length > Largest)
        {
            _omitted.Add(path);
            return false;
        }

        return _files.Add(path);
    }

    static IEnumerable<string> Walk(string folder)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase));
        return Directory.EnumerateDirectories(folder)
            .Where(inner => !LeftOut.Contains(Path.GetFileName(inner)) && Path.GetFileName(inner)[0] != '.' && new DirectoryInfo(inner).LinkTarget is null)
            .SelectMany(Walk).Concat(files);
    }

    static IEnumerable<XElement> Elements(string path)
    {
        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return [.. XDocument.Load(reader).Descendants()];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    static string Common(string a, string b)
    {
        while (b != a && !b.StartsWith(a.EndsWith(Path.DirectorySeparatorChar) ? a : a + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            a = Path.GetDirectoryName(a) ?? throw new LabException($"code: {b} lies on another drive than the rest. Keep the sources of a run on one drive.");
        }

        return a;
    }
}
