namespace Ashlar.Nn;

/// <summary>Weights in safetensors files.</summary>
public static class Checkpoint
{
    extension(Module module)
    {
        /// <summary>Writes <see cref="Module.StateTensors"/>; the file appears whole or not at all.</summary>
        /// <param name="path">Where the file shall appear. Its folder must exist.</param>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Save(string path) => SafetensorsWriter.Save(path, module.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value)));

        /// <summary>Reads a file that holds exactly the module's state.</summary>
        /// <param name="path">The file.</param>
        /// <exception cref="StateException">Names are missing, unexpected or mismatched; all are listed and nothing is changed.</exception>
        /// <exception cref="ParseException">The file is no safetensors file.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public void Load(string path)
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            module.Load(file.ReadAll().ToDictionary(tensor => tensor.Name, tensor => tensor.ToTensor(), StringComparer.Ordinal));
        }
    }
}
