using System.Text.Json;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class ScheduleTests
{
    static readonly Dictionary<string, ISchedule> Schedules = new()
    {
        ["constant"] = new SequentialSchedule((new ConstantSchedule(0.125), 4), (new ConstantSchedule(0.5), 1)),
        ["step"] = new StepSchedule(0.5, 7, 0.5),
        ["multi-step"] = new MultiStepSchedule(0.5, [20, 3, 10], 0.25),
        ["exponential"] = new ExponentialSchedule(0.5, 0.9),
        ["linear"] = new LinearSchedule(0.125, 0.5, 10),
        ["polynomial"] = new PolynomialSchedule(0.5, 20, 2),
        ["cosine"] = new CosineSchedule(0.5, 29, 0.125),
        ["restarts"] = new CosineRestartSchedule(0.5, 4, 2, 0.0625),
        ["restarts of one length"] = new CosineRestartSchedule(0.5, 8),
        ["one-cycle"] = new OneCycleSchedule(0.5, 31),
        ["one-cycle, three phases, linear"] = new OneCycleSchedule(0.5, 31, 0.25, 10, 100, IsLinear: true, HasThreePhases: true),
        ["triangular"] = new CyclicSchedule(0.125, 0.5, 4, 6),
        ["triangular2"] = new CyclicSchedule(0.125, 0.5, 4, CycleFactor: 0.5),
        ["triangular, falling"] = new CyclicSchedule(0.125, 0.5, 4, StepFactor: 0.96875),
        ["lambda"] = new LambdaSchedule(t => 0.5 / (1 + t)),
        ["sequence"] = new SequentialSchedule((new ConstantSchedule(0.0625), 5), (new ExponentialSchedule(0.5, 0.75), 1)),
        ["product"] = new ProductSchedule(new SequentialSchedule((new ConstantSchedule(0.125), 4), (new ConstantSchedule(1), 1)), new ExponentialSchedule(0.5, 0.875)),
    };

    public static TheoryData<string> Names => [.. Schedules.Keys];

    public static TheoryData<string> Plateaus => ["usual", "all", "max"];

    [Fact]
    public void Every_recorded_schedule_is_compared() =>
        Assert.Equal(TorchVectors.Kind("schedules", "torch_training").EnumerateObject().Select(record => record.Name).Order(StringComparer.Ordinal), Schedules.Keys.Order(StringComparer.Ordinal));

    // PyTorch multiplies the last rate again and again; thirty roundings of half a unit each.
    [Theory, MemberData(nameof(Names))]
    public void Rates_are_PyTorchs(string name)
    {
        double[] expected = [.. TorchVectors.Of("schedules", name, "torch_training").EnumerateArray().Select(rate => rate.GetDouble())];
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], Schedules[name].At(step), 5e-15);
        }
    }

    [Theory, MemberData(nameof(Plateaus))]
    public void A_plateau_lowers_the_rate_as_PyTorch_does_and_resumes(string name)
    {
        JsonElement record = TorchVectors.Of("plateaus", name, "torch_training");
        double[] expected = [.. record.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble())];
        PlateauSchedule schedule = Make();
        int step = 0;
        foreach (JsonElement metric in record.GetProperty("metrics").EnumerateArray())
        {
            if (step == 6)
            {
                PlateauSchedule resumed = Make();
                resumed.Load(schedule.StateTensors());
                schedule = resumed;
            }

            Assert.Equal(expected[step++], schedule.Observe(metric.GetDouble()));
        }

        PlateauSchedule Make() => name switch
        {
            "usual" => new PlateauSchedule(0.5) { Factor = 0.5, Patience = 2 },
            "all" => new PlateauSchedule(0.5) { Factor = 0.25, Patience = 1, Threshold = 0.125, IsAbsolute = true, Rest = 2, Floor = 0.03125 },
            _ => new PlateauSchedule(0.5, maximize: true) { Factor = 0.5, Patience = 2, Threshold = 0.0625 },
        };
    }

    [Fact]
    public void A_warm_up_rises_to_the_schedule_behind_it()
    {
        var schedule = new WarmupSchedule(new LinearSchedule(1, 0, 4), 4);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 0.75, 0.5, 0.25, 0, 0], Enumerable.Range(0, 10).Select(step => schedule.At(step)));
    }

    [Fact]
    public void Noams_schedule_is_the_transformers()
    {
        InverseSquareRootSchedule schedule = InverseSquareRootSchedule.Noam(512, 4000);

        // 512^-½ · min(t^-½, t · 4000^-3/2) in Python: 512**-.5 * min(t**-.5, t * 4000**-1.5).
        Assert.Equal(1.746928107421711e-07, schedule.At(0), 1e-20);
        Assert.Equal(0.0006987712429686843, schedule.At(3999), 1e-16);
        Assert.Equal(0.00034938562148434216, schedule.At(15999), 1e-16);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "restarts", "CosineRestartSchedule: a period of 0 steps that grows 1 times never ends. Give 1 or more for both." },
        { "cycle", "CyclicSchedule: a rise of 0 and a fall of 0 steps make no cycle. Give 1 or more for both." },
        { "noam", "InverseSquareRootSchedule: a rise of 0 steps has no peak. Give 1 or more." },
        { "sequence", "SequentialSchedule: no schedules are given. Give one or more with their steps. (Parameter 'parts')" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_schedule_that_is_none_is_refused(string mistake, string message)
    {
        Action act = mistake switch
        {
            "restarts" => () => new CosineRestartSchedule(1, 0).At(1),
            "cycle" => () => new CyclicSchedule(0, 1, 0).At(1),
            "noam" => () => new InverseSquareRootSchedule(1, 0).At(1),
            _ => () => new SequentialSchedule().At(0),
        };
        Assert.Equal(message, Assert.ThrowsAny<Exception>(act).Message);
    }
}
