using Ashlar.Runtime;

namespace Ashlar.Tests.Runtime;

/// <summary>A full collection is asked for when the regions that young ones left have cost as much.</summary>
public sealed class RegionTrailTests
{
    static readonly TimeSpan Full = TimeSpan.FromMilliseconds(2);

    [Fact]
    public void An_old_generation_that_does_not_grow_costs_nothing()
    {
        var trail = new RegionTrail();

        Assert.DoesNotContain(true, Enumerable.Range(0, 100_000).Select(_ => trail.Add(10 << 20)));
    }

    [Fact]
    public void A_trail_is_given_back_when_it_has_cost_what_a_full_collection_takes()
    {
        var trail = new RegionTrail();
        trail.Clear(Full);

        // n regions that came one by one were passed by n²/2 times.
        int collections = 1 + Enumerable.Range(0, 10_000).TakeWhile(i => !trail.Add(i * 100)).Count();
        Assert.InRange(collections, 150, 250);

        trail.Clear(Full);
        Assert.False(trail.Add(1 << 20));
        Assert.False(trail.Add(1 << 20));
    }

    [Fact]
    public void Where_full_collections_take_long_they_are_rare()
    {
        var trail = new RegionTrail();
        trail.Clear(100 * Full);

        Assert.DoesNotContain(true, Enumerable.Range(0, 1_000).Select(i => trail.Add(i * 100)));
    }
}
