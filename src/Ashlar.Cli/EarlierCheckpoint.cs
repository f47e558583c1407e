using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>What becomes of a checkpoint that an earlier training left.</summary>
static class EarlierCheckpoint
{
    const string Kept = "previous.safetensors";

    /// <summary>A training that begins anew keeps the last checkpoint of the one before under another name, and says so: hours may be in it.</summary>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <param name="resume">What is gone on from, or null.</param>
    public static void Keep(string folder, string? resume)
    {
        string last = new ModelCheckpoint(folder).LastPath;
        if (resume is null && File.Exists(last))
        {
            string kept = Path.Combine(folder, Kept);
            File.Move(last, kept, overwrite: true);
            Console.Error.WriteLine($"begins anew; the last checkpoint of the training before is kept as {kept} (--resume would go on from it)");
        }
    }
}
