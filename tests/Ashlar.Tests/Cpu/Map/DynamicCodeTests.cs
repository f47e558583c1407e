using System.Diagnostics;
using System.Text.Json.Nodes;
using Ashlar.Cpu.Map;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

public sealed class DynamicCodeTests
{
    const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    [Fact]
    public void Kernels_are_compiled_where_a_compiler_is()
    {
        var builder = new ScalarBuilder();

        Assert.IsType<CompiledMapKernel>(CompiledMapKernel.Compile(builder.Build(builder.Input(DType.Float32) + builder.Input(DType.Float32))));
    }

    // As a file-based program does, which says that it could be compiled ahead of time. The test runner asks for the switch early, so the core is used before it: StartupHook.
    [Fact]
    public void Kernels_are_compiled_in_a_program_whose_switch_is_off()
    {
        using var folder = new TemporaryFolder();
        string assembly = typeof(DynamicCodeTests).Assembly.Location;
        JsonNode settings = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(assembly, ".runtimeconfig.json")))!;
        JsonObject options = settings["runtimeOptions"]!.AsObject();
        options["configProperties"] ??= new JsonObject();
        options["configProperties"]![Switch] = false;
        string file = Path.Combine(folder.Path, "off.runtimeconfig.json");
        File.WriteAllText(file, settings.ToJsonString());

        string[] run = ["exec", "--runtimeconfig", file, "--depsfile", Path.ChangeExtension(assembly, ".deps.json"), assembly, "-method", $"{typeof(DynamicCodeTests).FullName}.{nameof(Kernels_are_compiled_where_a_compiler_is)}"];
        var start = new ProcessStartInfo("dotnet", run) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }
}
