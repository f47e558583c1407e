using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>Runs trees of test cases in the layout of the format's own backend tests: folders with model.onnx and test_data_set_0/input_0.pb, output_0.pb, …;
/// or files NAME.onnx with NAME_output_0.pb, whose one input counts up from 0 to 1.</summary>
public static class OnnxCases
{
    static readonly string[] Random = ["RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial"];

    /// <summary>Runs every case below a folder, in order of their names.</summary>
    /// <param name="folder">The root.</param>
    /// <param name="filter">Takes part of a case's name; null takes all.</param>
    public static IEnumerable<OnnxCaseResult> Run(string folder, string? filter = null)
    {
        foreach (string model in Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(model) == "model.onnx" ? Path.GetRelativePath(folder, Path.GetDirectoryName(model)!) : Path.GetRelativePath(folder, model);
            if (filter is null || name.Contains(filter, StringComparison.Ordinal))
            {
                yield return One(model, name);
            }
        }
    }

    static OnnxCaseResult One(string path, string name)
    {
        string[] operators = [];
        try
        {
            OnnxModel model = OnnxModel.Load(path);
            operators = [.. model.Operators.Select(entry => entry.Operator)];
            string home = Path.GetDirectoryName(path)!;
            string? flat = Path.Combine(home, Path.GetFileNameWithoutExtension(path) + "_output_0.pb");
            (string Folder, string Prefix)[] sets = File.Exists(flat) ? [(home, Path.GetFileNameWithoutExtension(path) + "_")] : [.. Directory.GetDirectories(home, "test_data_set_*").Order(StringComparer.Ordinal).Select(set => (set, ""))];
            if (sets.Length == 0)
            {
                return new OnnxCaseResult(name, "skipped", "no test data beside the model", operators);
            }

            foreach ((string set, string prefix) in sets)
            {
                Dictionary<string, OnnxValue> inputs = Inputs(model, set, prefix);
                bool shapesOnly = operators.Intersect(Random).Any() || (operators.Contains("Dropout") && inputs.Values.Any(IsTrue) && !inputs.Values.Any(IsZero));
                IReadOnlyDictionary<string, OnnxValue> got = model.Run(inputs);
                for (int i = 0; i < model.Outputs.Count; i++)
                {
                    OnnxValue wanted = Read(Path.Combine(set, $"{prefix}output_{i}.pb"), model.Outputs[i]);
                    double tolerance = name.Contains("densenet121", StringComparison.Ordinal) ? 2e-3 : 1e-3;
                    if (ValueDifference.Of(got[model.Outputs[i].Name], wanted, tolerance, shapesOnly) is { } difference)
                    {
                        bool nearly = ValueDifference.Of(got[model.Outputs[i].Name], wanted, tolerance, shapesOnly, 2e-6) is null;
                        return new OnnxCaseResult(name, "failed", $"output {i}: {(nearly ? "within 2e-6 of the largest number: " : "")}{difference}", operators) { IsNear = nearly };
                    }
                }
            }

            return new OnnxCaseResult(name, "passed", "", operators);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new OnnxCaseResult(name, "failed", $"{(e is OnnxException ? "" : e.GetType().Name + ": ")}{e.Message}", operators);
        }
    }

    static bool IsTrue(OnnxValue value) => value is OnnxTensor { Type: OnnxDType.Bool } tensor && tensor.Tensor.Size == 1 && tensor.Tensor.Item<bool>();

    static bool IsZero(OnnxValue value) => value is OnnxTensor { Tensor: { Rank: 0, DType.IsFloating: true } ratio } && ratio.To(DType.Float64).Item<double>() == 0;

    static Dictionary<string, OnnxValue> Inputs(OnnxModel model, string set, string prefix)
    {
        var inputs = new Dictionary<string, OnnxValue>();
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            string file = Path.Combine(set, $"{prefix}input_{i}.pb");
            if (File.Exists(file))
            {
                OnnxValue value = Read(file, model.Inputs[i]);
                inputs[model.Inputs[i].Name] = value;
            }
            else if (prefix.Length > 0 && !model.Inputs[i].IsOptional)
            {
                int[] shape = [.. model.Inputs[i].Axes!.Select(axis => int.TryParse(axis, out int extent) ? extent : 1)];
                int n = new Shape(shape).Size;
                inputs[model.Inputs[i].Name] = Tensor.From<float>(Enumerable.Range(0, n).Select(k => (float)((double)k / n)).ToArray(), shape);
            }
        }

        return inputs;
    }

    static OnnxValue Read(string file, OnnxPort port)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return port.Kind switch
        {
            "sequence" => TensorReader.Read(SequenceProto.Parser.ParseFrom(bytes)),
            "map" => TensorReader.Read(MapProto.Parser.ParseFrom(bytes)),
            "optional" or "optional sequence" => TensorReader.Read(OptionalProto.Parser.ParseFrom(bytes)),
            _ => TensorReader.Read(TensorProto.Parser.ParseFrom(bytes)),
        };
    }
}
