#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// The examples of docs/debugging.md: where a NaN comes from, where the time goes, what was fused, what is in memory, equal bits.
using Ashlar;
using Ashlar.Schedule;

Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(1000, 100));

try
{
    using IDisposable check = Numerics.Check();
    Tensor logarithms = x.Log();
    Console.WriteLine(logarithms.Mean());
}
catch (NumericsException error)
{
    Console.WriteLine(error.Message);
}

Tensor y = (x.Exp() + 1).Log().Sum([1]);
Console.WriteLine(y.Explain());

using (Profile profile = Profile.Start())
{
    y.ToArray<float>();
    x.MatMul(x.T).Max().Item<float>();
    Console.WriteLine(profile);
    profile.WriteTrace(Path.Combine(Path.GetTempPath(), "ashlar-trace.json"));
}

File.Delete(Path.Combine(Path.GetTempPath(), "ashlar-trace.json"));

Console.WriteLine($"{Diagnostics.PlansBuilt} plans, {Diagnostics.KernelsCompiled} kernels");
Console.WriteLine($"{Diagnostics.StorageBytesInUse} bytes in values, {Diagnostics.ArenaBytes} for what passes, {Diagnostics.StorageBytesPooled} free, {Diagnostics.StoragePeakBytes} at most");

static Tensor Model() => Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(64, 100)).Softplus().Sum([0]).Tanh();

byte[] bits = Model().ToBytes();
foreach (ExecutionOptions options in (ExecutionOptions[])[new() { Threads = 1 }, new() { Fusion = false }, new() { Executor = Executor.Reference }])
{
    using IDisposable scope = Execution.Use(options);
    Console.WriteLine($"{options.Executor}, {options.Threads} threads, fusion {options.Fusion}: {(Model().ToBytes().SequenceEqual(bits) ? "equal" : "different")} bits");
}

return 0;
