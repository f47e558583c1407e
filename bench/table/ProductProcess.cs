using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>The process that does the product's work (<see cref="ProductServer"/>). It has no more threads than a user's program: those of this one, which reads from many processes, would make each collection longer, since every thread's stack is read. It is not stopped while peers run: its workers sleep then, and those that a signal woke together were found on one core, for 40 ms.</summary>
sealed class ProductProcess(IReadOnlyList<int> threads, string folder) : IDisposable
{
    readonly ServerProcess _server = new(Child.OfThisProgram([ProductServer.Option, folder, .. threads.Select(count => $"{count}")]), "product");

    /// <summary>Gives the process a row and a number of threads.</summary>
    /// <returns>Files of the inputs.</returns>
    public string[] Open(Row row, int threads) => Files(_server.Ask(new { @do = "open", row = $"{row.Name} {row.Size}", threads }), "inputs");

    /// <inheritdoc cref="Product.WarmUp"/>
    public double WarmUp(TimeSpan least) => _server.Ask(new { @do = "warm", seconds = least.TotalSeconds })["seconds"]!.GetValue<double>();

    /// <summary>Seconds of one call, the mean of some.</summary>
    public double Window(int times) => _server.Ask(new { @do = "time", times })["seconds"]!.GetValue<double>();

    /// <summary>The results of a new product's last call of some.</summary>
    /// <returns>A hash of all bits, and files.</returns>
    public (string Hash, string[] Files) Results(int calls)
    {
        JsonObject answer = _server.Ask(new { @do = "results", calls });
        return (answer["hash"]!.GetValue<string>(), Files(answer, "results"));
    }

    /// <summary>Forgets the product, and the inputs if the next row has others.</summary>
    public void Close() => _server.Ask(new { @do = "close" });

    public void Dispose() => _server.Dispose();

    static string[] Files(JsonObject answer, string name) => [.. answer[name]!.AsArray().Select(file => file!.GetValue<string>())];
}
