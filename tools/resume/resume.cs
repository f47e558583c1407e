#:project ../../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../../src/Ashlar/Ashlar.csproj
#:project ../../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../../src/Ashlar.Learn/Ashlar.Learn.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property NoWarn=$(NoWarn);RS0030;CA1050;CS1591

// Kills trainings with SIGKILL at random steps, resumes each in a new process, and compares the SHA-256 of everything at the end:
// a small network of convolutions and a small transformer × 1, 2, 4 threads × vector instructions × (never killed, killed 20 times).
//   dotnet run -c Release tools/resume/resume.cs [KILLS]
// Prints one line for each run, and returns 1 unless each model has one hash. A test of CI does the same at small scale inside one process.
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Ashlar;
using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;
using Ashlar.Metrics;
using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Schedule;
using Ashlar.Training;

const int Steps = 96;
const int KilledCode = 137;
return args is ["child", string kind, string threads, string folder] ? Train(kind, int.Parse(threads, CultureInfo.InvariantCulture), folder) : RunMatrix(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20);

static int RunMatrix(int kills)
{
    string root = Directory.CreateTempSubdirectory("ashlar-resume-").FullName;
    string[] knobs = ["", "DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"];
    int[] counts = [1, 2, 4];
    bool equal = true;
    int run = 0;
    foreach (string kind in new[] { "convolutions", "transformer" })
    {
        var hashes = new HashSet<string>();
        foreach ((int threads, string knob) in knobs.SelectMany(knob => counts.Select(threads => (threads, knob))))
        {
            foreach (int times in new[] { 0, kills })
            {
                string folder = Path.Combine(root, $"{++run}");
                Directory.CreateDirectory(folder);
                int[] steps = [.. Tensor.RandomPermutation(RandomKey.FromSeed(run), Steps - 1).To(DType.Int32).ToArray<int>().Select(step => step + 1).Take(times).Order()];
                int killed = steps.Count(step => Run(kind, threads, knob, folder, step) == KilledCode);
                int code = Run(kind, threads, knob, folder, null);
                string hash = code == 0 ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "end.safetensors")))) : $"code {code}";
                equal &= code == 0 && killed == times;
                hashes.Add(hash);
                Console.WriteLine($"{kind,-12} {threads} threads  {(knob.Length == 0 ? "all instructions" : knob),-26}  killed {killed,2} times  {hash}");
            }
        }

        equal &= hashes.Count == 1;
        Console.WriteLine($"{kind}: {(hashes.Count == 1 ? "one hash" : $"{hashes.Count} hashes")}");
    }

    Directory.Delete(root, recursive: true);
    return equal ? 0 : 1;
}

// A process that trains; it is killed as soon as it says that it took a step.
static int Run(string kind, int threads, string knob, string folder, int? killAt)
{
    // The host of a file-based program is its own executable.
    var start = new ProcessStartInfo(Environment.ProcessPath!, ["child", kind, $"{threads}", folder]) { RedirectStandardOutput = true };
    if (knob.Split('=') is [string name, string value])
    {
        start.Environment[name] = value;
    }

    using Process process = Process.Start(start)!;
    while (process.StandardOutput.ReadLine() is { } line)
    {
        if (killAt is { } step && int.Parse(line, CultureInfo.InvariantCulture) >= step)
        {
            process.Kill();
            break;
        }
    }

    process.WaitForExit();
    return process.ExitCode;
}

static int Train(string kind, int threads, string folder)
{
    using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = threads });
    ImageDataset digits = Digits.Load();
    var train = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Train.First(256), digits.Maximum), new DataLoaderOptions { BatchSize = 16, Seed = 5 });
    var validation = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Test.First(64), digits.Maximum), new DataLoaderOptions { BatchSize = 64, Shuffle = false });
    Module model = kind == "transformer" ? new Rows() : new Sequential(new Conv2d(1, 8, 3, padding: 1), new BatchNorm2d(8), new ReLU(), new MaxPool2d(2), new Dropout(0.1), new Flatten(), new Linear(128, 10));

    // Every process draws other first weights and masks: what decides the end must come from the file.
    string last = Path.Combine(folder, "last.safetensors");
    string? resume = File.Exists(last) ? last : null;
    model.Initialize(RandomKey.FromSeed(resume is null ? 1 : Environment.ProcessId + 2L));
    var trainer = new Trainer<ImageBatch>(model, new AdamW(model.Parameters, 2e-3) { ClipNorm = 1 }, batch => model.Forward(batch.X), (logits, batch) => Loss.CrossEntropy(logits, batch.Y))
    {
        Options = new TrainerOptions { MaxSteps = Steps, ValidateEverySteps = 7 },
        Schedule = new WarmupSchedule(new CosineSchedule(2e-3, Steps), 8),
        Average = WeightAverage.Exponential(model.Parameters, 0.95),
        Target = batch => batch.Y,
        Metrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
        TrainingMetrics = new Dictionary<string, Metric> { ["accuracy"] = new Accuracy() },
        Callbacks = [new ModelCheckpoint(folder) { EverySteps = 3, KeepBest = 1 }, new EarlyStopping(patience: 50), new Teller()],
    };
    trainer.Fit(train, validation, resume);
    trainer.Save(Path.Combine(folder, "end.safetensors"));
    return 0;
}

sealed class Teller : Callback
{
    public override void OnStep(Trainer trainer, StepReport step)
    {
        Console.Out.WriteLine(step.Step);
        Console.Out.Flush();
    }
}

/// <summary>Reads an image as a sentence of its rows.</summary>
sealed class Rows : Module
{
    readonly Linear _words;
    readonly TransformerEncoder _encoder;
    readonly Linear _head;

    public Rows()
    {
        _words = Register("words", new Linear(8, 16));
        _encoder = Register("encoder", new TransformerEncoder(2, () => new TransformerEncoderLayer(16, 2, feedForward: 32, dropout: 0.1, batchFirst: true)));
        _head = Register("head", new Linear(16, 10));
    }

    protected override Tensor Apply(Tensor x) => _head.Forward(_encoder.Forward(_words.Forward(x.Reshape(x.Shape[0], 8, 8)), null).Mean([1]));
}
