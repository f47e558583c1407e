using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Ashlar.Lab;
using Ashlar.Lab.Storage;

namespace Ashlar.Cli.Programs;

/// <summary>The code of a run of the tool itself: its assemblies, byte by byte. There are no sources on a machine that has the tool installed; the assemblies are what ran, and they run again anywhere.</summary>
static class ToolCode
{
    /// <summary>Keeps the tool and what it refers to, without the runtime and without native parts, which no recorded command needs.</summary>
    /// <param name="store">Takes the bytes; what it has already costs a hash.</param>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public static CodeRecord Take(ArtifactStore store)
    {
        string folder = AppContext.BaseDirectory, tool = $"{Assembly.GetExecutingAssembly().GetName().Name}.dll";
        var names = new SortedSet<string>(StringComparer.Ordinal) { Path.ChangeExtension(tool, ".runtimeconfig.json") };
        Gather(folder, tool, names);
        CodeFile[] files = [.. names.Select(name => Path.Combine(folder, name)).Where(File.Exists).Select(path => Keep(path, store))];
        return new CodeRecord(tool, files, null, []);
    }

    static void Gather(string folder, string name, SortedSet<string> names)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path) || !names.Add(name))
        {
            return;
        }

        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        foreach (AssemblyReferenceHandle reference in metadata.AssemblyReferences)
        {
            Gather(folder, $"{metadata.GetString(metadata.GetAssemblyReference(reference).Name)}.dll", names);
        }
    }

    static CodeFile Keep(string path, ArtifactStore store)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return new CodeFile(Path.GetFileName(path), store.Contains(hash) ? hash : store.Add(bytes), bytes.Length);
    }
}
