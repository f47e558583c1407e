namespace Ashlar.Tests.Formats.Safetensors;

public sealed class SafetensorsFuzzTests
{
    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_take_more_memory_than_their_size_explains()
    {
        byte[][] valid =
        [
            Samples.Write(Samples.OfEveryDType(), new Dictionary<string, string> { ["law"] = "1" }),
            Samples.Write([Samples.Tensor("a", [1f], 1)]),
            Samples.Write([]),
        ];
        var mutator = new Mutator(seed: 1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = mutator.Damage(valid[i % valid.Length]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Samples.Open(bytes).ReadAll();
            }
            catch (ParseException e)
            {
                refused++;
                Assert.InRange(e.Offset, 0, bytes.Length);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 + 32 * bytes.Length);
        }

        Assert.InRange(refused, 10_000, 20_000);
    }
}
