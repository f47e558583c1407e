using System.CommandLine;
using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx test</c></summary>
sealed class OnnxTestCommand
{
    public static readonly string[] Examples = ["ashlar onnx test cases", "ashlar onnx test cases --filter resize --json"];

    readonly Argument<string> _folder = new("DIR") { Description = "A tree of test cases: folders with model.onnx and test_data_set_0." };
    readonly Option<string?> _filter = new("--filter") { Description = "Only cases whose name contains this." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON for each case, then one with the counts." };
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("test", "Runs test cases and compares their outputs.") { _folder, _filter, _json };
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        string folder = parsed.GetRequiredValue(_folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"onnx test: there is no folder {folder}. Give the root of a tree of test cases.");
        }

        bool json = parsed.GetValue(_json);
        var counts = new Dictionary<string, int> { ["passed"] = 0, ["failed"] = 0, ["skipped"] = 0 };
        int near = 0;
        foreach (OnnxCaseResult result in OnnxCases.Run(folder, parsed.GetValue(_filter)))
        {
            counts[result.Outcome]++;
            near += result.IsNear ? 1 : 0;
            if (json)
            {
                JsonLine.Print(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("case", result.Case);
                    writer.WriteString("outcome", result.Outcome);
                    writer.WriteString("reason", result.Reason);
                    writer.WriteBoolean("near", result.IsNear);
                    writer.WriteEndObject();
                });
            }
            else if (result.Outcome != "passed")
            {
                Console.Out.WriteLine($"{result.Outcome} {result.Case}: {result.Reason.ReplaceLineEndings(" ")}");
            }
        }

        if (json)
        {
            JsonLine.Print(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("passed", counts["passed"]);
                writer.WriteNumber("failed", counts["failed"]);
                writer.WriteNumber("skipped", counts["skipped"]);
                writer.WriteNumber("near", near);
                writer.WriteEndObject();
            });
        }
        else
        {
            if (near > 0)
            {
                Console.Out.WriteLine($"{near} of the failed are within 2e-6 of the largest number");
            }

            Console.Out.WriteLine($"{counts["passed"]} passed, {counts["failed"]} failed, {counts["skipped"]} skipped");
        }

        return counts["failed"] == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
