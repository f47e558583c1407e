using System.Diagnostics;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab.Tests.Capture;

public sealed class CodeCaptureTests : IDisposable
{
    readonly TemporaryFolder _temporary = new();

    ArtifactStore Store => new(_temporary.At("store"));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_script_is_kept_with_the_projects_that_it_names_and_what_stands_above()
    {
        string script = _temporary.Write("code/samples/a.cs", "#:project ../src/One\n#:property X=1\nConsole.WriteLine();\n");
        _temporary.Write("code/samples/other.cs", "not asked for");
        _temporary.Write("code/src/One/One.csproj", """<Project><ItemGroup><ProjectReference Include="..\Two\Two.csproj" /><Compile Include="../Shared.cs" /></ItemGroup></Project>""");
        _temporary.Write("code/src/One/One.cs", "one");
        _temporary.Write("code/src/One/packages.lock.json", "{}");
        _temporary.Write("code/src/One/obj/made.cs", "made");
        _temporary.Write("code/src/One/bin/One.json", "made");
        _temporary.Write("code/src/One/weights.bin", "data");
        _temporary.Write("code/src/Two/Two.csproj", "<Project />");
        _temporary.Write("code/src/Two/Deep/Two.cs", "two");
        _temporary.Write("code/src/Shared.cs", "shared");
        _temporary.Write("code/Directory.Build.props", """<Project><ItemGroup><AdditionalFiles Include="$(MSBuildThisFileDirectory)eng/Banned.txt" /></ItemGroup></Project>""");
        _temporary.Write("code/eng/Banned.txt", "none");
        _temporary.Write("code/eng/other.txt", "none");

        CodeRecord code = CodeCapture.Take(script, Store);

        Assert.Equal(
            ["Directory.Build.props", "eng/Banned.txt", "samples/a.cs", "src/One/One.cs", "src/One/One.csproj", "src/One/packages.lock.json", "src/Shared.cs", "src/Two/Deep/Two.cs", "src/Two/Two.csproj"],
            code.Files.Select(file => file.Path));
        Assert.Equal(("samples/a.cs", _temporary.At("code")), (code.Project, code.Root));
        Assert.Equal("src/One/packages.lock.json", Assert.Single(code.Locks).Path);
        Assert.All(code.Files, file => Assert.True(Store.Verify(file.Sha256)));
        Assert.Equal(3, code.Files.Single(file => file.Path == "src/One/One.cs").Size);
    }

    [Fact]
    public void Git_says_what_belongs_to_a_project_and_what_was_changed()
    {
        _temporary.Write("code/.gitignore", "*.tmp\n");
        _temporary.Write("code/a.csproj", "<Project />");
        string program = _temporary.Write("code/a.cs", "first\n");
        _temporary.Write("code/weights.bin", "part of the program");
        Git("init", "-q", "-b", "main");
        Git("add", ".");
        Git("-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "-q", "-m", "first");
        _temporary.Write("code/skipped.tmp", "x");
        _temporary.Write("code/grün.cs", "new");
        File.WriteAllText(program, "second\n");

        CodeRecord code = CodeCapture.Take(_temporary.At("code"), Store);

        Assert.Equal([".gitignore", "a.cs", "a.csproj", "grün.cs", "weights.bin"], code.Files.Select(file => file.Path));
        Assert.Equal(("main", 40), (code.Git!.Branch, code.Git.Commit!.Length));
        Assert.Equal(["grün.cs"], code.Git.Untracked);
        string patch = File.ReadAllText(Store.PathOf(code.Git.Patch!));
        Assert.Contains("-first\n+second\n", patch, StringComparison.Ordinal);

        void Git(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _temporary.At("code") })!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }

    [Fact]
    public void A_program_that_is_not_there_is_refused()
    {
        _temporary.Write("two/a.csproj", "<Project />");
        _temporary.Write("two/b.csproj", "<Project />");

        Assert.Equal($"code: {_temporary.At("two")} has 2 project files. Name one, or a .cs file.", Assert.Throws<LabException>(() => CodeCapture.Take(_temporary.At("two"), Store)).Message);
        Assert.Equal($"code: {_temporary.At("x.cs")} does not exist. Name a .cs file, a .csproj file, or the folder of one.", Assert.Throws<LabException>(() => CodeCapture.Take(_temporary.At("x.cs"), Store)).Message);
    }
}
