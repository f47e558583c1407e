using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>The product's side of the table: does what the lines of standard input ask for, one JSON object each, and answers with one line, as bench/peers/server.py does for the peers.
/// <code>
/// {"do": "open", "row": "NAME SIZE", "threads": N}   -> {"inputs": [FILE...]}
/// {"do": "warm", "seconds": SECONDS}                 -> {"seconds": SECONDS of the fastest call}
/// {"do": "time", "times": N}                         -> {"seconds": SECONDS of one call}
/// {"do": "results", "calls": N}                      -> {"hash": HEX, "results": [FILE...]}
/// {"do": "close"}                                    -> {}
/// </code></summary>
sealed class ProductServer : IDisposable
{
    public const string Option = "--product";

    readonly string _folder;
    Row? _row;
    Tensor[] _inputs = [];
    string[] _files = [];
    int _threads;
    Product? _product;
    PinnedThread? _pinned;

    ProductServer(string folder) => _folder = folder;

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="arguments">The folder for arrays, then the numbers of threads that rows will have.</param>
    public static void Run(string[] arguments)
    {
        WarmUp(arguments[1..].Select(int.Parse));
        using var server = new ProductServer(arguments[0]);

        // The streams of Console would start threads of the runtime's.
        using var requests = new StreamReader(new FileStream(new(0, ownsHandle: false), FileAccess.Read, bufferSize: 0));
        using var answers = new StreamWriter(new FileStream(new(1, ownsHandle: false), FileAccess.Write, bufferSize: 0)) { AutoFlush = true };
        answers.WriteLine("{}");
        while (requests.ReadLine() is { } line)
        {
            JsonObject answer;
            try
            {
                answer = server.Answer(JsonNode.Parse(line)!.AsObject());
            }
            catch (Exception error)
            {
                answer = new() { ["failed"] = error.Message };
            }

            answers.WriteLine(answer.ToJsonString());
        }
    }

    public void Dispose() => _pinned?.Dispose();

    // So long that recording, planning and launching run at their last speed before the first row: the runtime compiles them twice more in the background.
    static void WarmUp(IEnumerable<int> threads)
    {
        Tensor x = Tensor.Full(new Shape(16, 16), 0.5);
        foreach (int count in threads)
        {
            var product = new Product(() => [x.MatMul(x), ((x * x) + 0.5).Exp(), x.Sum(), x.T], count);
            product.WarmUp(TimeSpan.FromSeconds(2));
        }
    }

    JsonObject Answer(JsonObject request) => request["do"]!.GetValue<string>() switch
    {
        "open" => Open(request["row"]!.GetValue<string>(), request["threads"]!.GetValue<int>()),
        "warm" => new() { ["seconds"] = _product!.WarmUp(TimeSpan.FromSeconds(request["seconds"]!.GetValue<double>())) },
        "time" => new() { ["seconds"] = _product!.Window(request["times"]!.GetValue<int>()) },
        "results" => Results(request["calls"]!.GetValue<int>()),
        _ => Close(),
    };

    JsonObject Open(string name, int threads)
    {
        Row row = AllRows.List.Select(item => item.Row).OfType<Row>().First(row => $"{row.Name} {row.Size}" == name);
        if (row != _row)
        {
            Array.ForEach(_files, File.Delete);
            (_row, _inputs) = (row, [.. row.Inputs.Select((input, index) => input.Draw(RandomKey.FromSeed(index + 1)))]);
            Tensor.Eval(_inputs);
            _files = Save("input", _inputs);
        }

        _pinned = PinnedThread.ForOne(threads);
        (_threads, _product) = (threads, new(row.Product(_inputs), threads));
        return new() { ["inputs"] = JsonSerializer.SerializeToNode(_files) };
    }

    JsonObject Results(int calls)
    {
        var product = new Product(_row!.Product(_inputs), _threads);
        for (int i = 1; i < calls; i++)
        {
            product.Results();
        }

        Tensor[] results = product.Results();
        string hash = string.Concat(results.Select(result => Convert.ToHexString(SHA256.HashData(result.ToBytes()))));
        return new() { ["hash"] = hash, ["results"] = JsonSerializer.SerializeToNode(Save("result", results)) };
    }

    JsonObject Close()
    {
        _pinned?.Dispose();
        (_pinned, _product) = (null, null);

        // As the peers' side does: no row pays for what the one before it left.
        GC.Collect();
        return [];
    }

    string[] Save(string name, Tensor[] tensors)
    {
        string[] files = [.. tensors.Select((_, index) => Path.Combine(_folder, $"{name}{index}.npy"))];
        for (int i = 0; i < files.Length; i++)
        {
            NpyFile.Save(files[i], tensors[i]);
        }

        return files;
    }
}
