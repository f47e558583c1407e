using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Builds a model again from the file in which a run keeps its state: the layers stand in the metadata as the code that makes them.</summary>
public static class ModelStateFile
{
    /// <summary>The value of the metadata's <c>format</c>.</summary>
    public const string Format = "ashlar model 1";

    const string Remedy = "Its code is the program's own: export it there, with OnnxExport.Save(path, model, input) and run.LogArtifact(path).";

    /// <summary>Loads a model, in evaluation mode.</summary>
    /// <param name="path">A safetensors file of a run.</param>
    /// <exception cref="ParseException">The file is no such file, or its model is made of other things than a sequence of Ashlar's plain layers.</exception>
    /// <exception cref="StateException">Its tensors do not fit its layers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Module Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var metadata = new ModelMetadata(file.Metadata, path);
        metadata.Expect("format", Format);
        string code = metadata["model"];
        Module model;
        try
        {
            model = ArchitectureReader.Read(code, path);
            ImageClassifierFile.CheckSizes(model, file, path);
        }
        catch (ParseException e)
        {
            throw new ParseException(path, -1, $"the model '{code.Split('\n')[0]}'", "a sequence of plain layers", Remedy, e);
        }

        model.Load(file.ReadAll().ToDictionary(tensor => tensor.Name, tensor => tensor.ToTensor(), StringComparer.Ordinal));
        model.Eval();
        return model;
    }
}
