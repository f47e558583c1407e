using Ashlar.Data.Images;

namespace Ashlar.Tests.Data.Images;

public sealed class PngFuzzTests
{
    static readonly string[] Files = ["grey8 paeth", "rgb8 interlace", "P4 tRNS", "RGBA", "grey16 interlace", "bits interlace"];

    [Fact]
    public void Damaged_files_are_read_or_refused_and_never_take_more_memory_than_their_size_explains()
    {
        byte[][] valid = [.. Files.Select(RecordedPng.Of)];
        var mutator = new Mutator(seed: 3);
        int refused = 0;
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bytes = mutator.Damage(valid[i % valid.Length]);
            if (mutator.Below(4) > 0)
            {
                // Damage must get past the checksums to reach what lies behind them.
                PngBuilder.RepairChecksums(bytes);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                PngFile.Parse(bytes, "p");
            }
            catch (ParseException e)
            {
                refused++;
                Assert.InRange(e.Offset, 0, bytes.Length);
            }

            // 1032 bytes of rows from a byte, and up to 32 bytes of samples from one of these.
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 + 1032 * 33L * bytes.Length);
        }

        Assert.InRange(refused, 5_000, 10_000);
    }
}
