using System.Text.Json;
using Ashlar.Schedule;

namespace Ashlar.Tests.Debugging;

[Collection(nameof(ProfileTests))]
[CollectionDefinition(nameof(ProfileTests), DisableParallelization = true)]
public sealed class ProfileTests
{
    [Fact]
    public void Every_launch_is_seen_with_its_operations_and_bytes()
    {
        using Profile profile = Profile.Start();
        Tensor x = Tensor.From(new float[64 * 100], 64, 100);
        Tensor w = Tensor.From(new float[100 * 10], 100, 10);
        x.MatMul(w).Relu().ToBytes();
        profile.Dispose();
        ProfileEvent product = Assert.Single(profile.Events, seen => seen.Name.Contains("Dot"));
        // The product is stored, and what the map makes of it.
        Assert.Equal((64 * 100 * 4) + (100 * 10 * 4) + (2 * 64 * 10 * 4), product.Bytes);
        Assert.InRange(product.Operations, 2 * 64 * 100 * 10, (2 * 64 * 100 * 10) + 2000);
        Assert.InRange(product.Duration, 0, 60);
        Assert.Contains("Relu", product.Name);
        Assert.Contains(product.Name, profile.ToString());
    }

    [Fact]
    public void A_trace_is_a_list_of_complete_events()
    {
        using Profile profile = Profile.Start();
        Tensor.Arange(1000).Sum().ToBytes();
        var stream = new MemoryStream();
        profile.WriteTrace(stream);
        JsonElement trace = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("traceEvents");
        Assert.NotEqual(0, trace.GetArrayLength());
        foreach (JsonElement seen in trace.EnumerateArray())
        {
            Assert.Equal("X", seen.GetProperty("ph").GetString());
            Assert.InRange(seen.GetProperty("dur").GetDouble(), 0, 60e6);
            Assert.InRange(seen.GetProperty("ts").GetDouble(), 0, 600e6);
            Assert.NotEmpty(seen.GetProperty("name").GetString()!);
            Assert.True(seen.GetProperty("args").GetProperty("bytes").GetInt64() > 0);
        }
    }

    [Fact]
    public void Only_one_profile_runs()
    {
        using Profile profile = Profile.Start();
        Assert.StartsWith("Profile: one is running already", Assert.Throws<InvalidOperationException>(Profile.Start).Message);
        profile.Dispose();
        using Profile next = Profile.Start();
        Assert.Empty(next.Events);
    }

    [Fact]
    public void Memory_is_counted_where_it_is()
    {
        // What other tests dropped without disposing is seen to be free when a block of its size is asked for: here, not below.
        GC.Collect();
        Tensor.From(new byte[10_000_000], 10_000_000).Dispose();
        long before = Diagnostics.StorageBytesInUse;
        using Tensor x = Tensor.From(new byte[10_000_000], 10_000_000);
        Assert.InRange(Diagnostics.StorageBytesInUse - before, 10_000_000, 11_000_000);
        long pooled = Diagnostics.StorageBytesPooled;
        x.Dispose();
        Assert.InRange(Diagnostics.StorageBytesPooled - pooled, 10_000_000, 11_000_000);
        Assert.True(Diagnostics.StorageBytes >= Diagnostics.StorageBytesInUse + Diagnostics.ArenaBytes);
        Assert.True(Diagnostics.StoragePeakBytes >= Diagnostics.StorageBytes);
    }
}
