using FsCheck;
using FsCheck.Fluent;

namespace Ashlar.Tests.Indexing;

public sealed class OrderPropertyTests
{
    // Small numbers collide often; every seventh element is NaN.
    static readonly Arbitrary<float[]> Floats = Arb.From(Gen.ArrayOf(Gen.Choose(-3, 3).Select(i => i == -3 ? float.NaN : i == 0 ? -0f : i / 2f)));

    [Fact]
    public void A_sort_is_stable_and_ascending_with_NaN_last() => Prop.ForAll(Floats, values =>
    {
        Tensor x = Tensor.From(values, values.Length);
        long[] order = x.ArgSort().ToArray<long>();
        long[] expected = [.. Enumerable.Range(0, values.Length).OrderBy(i => float.IsNaN(values[i])).ThenBy(i => float.IsNaN(values[i]) ? 0 : values[i]).Select(i => (long)i)];
        return order.SequenceEqual(expected);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_largest_come_first_in_a_descending_sort_and_in_TopK() => Prop.ForAll(Floats, values =>
    {
        Tensor x = Tensor.From(values, values.Length);
        long[] order = x.ArgSort(descending: true).ToArray<long>();
        long[] expected = [.. Enumerable.Range(0, values.Length).OrderBy(i => float.IsNaN(values[i])).ThenByDescending(i => float.IsNaN(values[i]) ? 0 : values[i]).Select(i => (long)i)];
        return order.SequenceEqual(expected) && x.TopK(values.Length / 2).Indices.ToArray<long>().SequenceEqual(expected.Take(values.Length / 2));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unique_values_and_their_places_give_the_tensor_back() => Prop.ForAll(Floats, values =>
    {
        float[] numbers = [.. values.Where(value => !float.IsNaN(value))];
        Tensor x = Tensor.From(numbers, numbers.Length);
        (Tensor unique, Tensor indices, Tensor inverse, Tensor counts) = x.UniqueAll();
        return unique.Take(inverse).ToArray<float>().SequenceEqual(numbers)
            && x.Take(indices).ToArray<float>().SequenceEqual(unique.ToArray<float>())
            && counts.Sum().Item<long>() == numbers.Length
            && unique.ToArray<float>().SequenceEqual(numbers.Distinct().Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_scan_from_the_end_is_the_scan_of_the_flipped_axis() => Prop.ForAll(Floats, values =>
    {
        Tensor x = Tensor.From(values, values.Length);
        return Same(x.CumSum(0, reverse: true), x.Flip(0).CumSum(0).Flip(0)) && Same(x.CumMax(0, reverse: true), x.Flip(0).CumMax(0).Flip(0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_search_for_an_element_finds_its_run() => Prop.ForAll(Floats, values =>
    {
        Tensor sorted = Tensor.From(values, values.Length).Sort();
        long[] left = sorted.SearchSorted(sorted).ToArray<long>();
        long[] right = sorted.SearchSorted(sorted, right: true).ToArray<long>();
        return Enumerable.Range(0, values.Length).All(i => left[i] <= i && i < right[i]);
    }).QuickCheckThrowOnFailure();

    static bool Same(Tensor a, Tensor b) => a.ToArray<float>().AsSpan().SequenceEqual(b.ToArray<float>());
}
