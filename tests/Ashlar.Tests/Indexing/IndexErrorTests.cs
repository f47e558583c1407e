using static Ashlar.TensorIndex;

namespace Ashlar.Tests.Indexing;

public sealed class IndexErrorTests
{
    static readonly Tensor X = Tensor.Arange(6).Reshape(2, 3);
    static readonly Tensor F = X.To(DType.Float32);

    public static TheoryData<Func<object>, string> Mistakes { get; } = new()
    {
        { () => X[2], "Index: index 2 lies outside -2 … 1 along axis 0 of extent 2. Check the labels or indices against the extent of the axis." },
        { () => X[0, ^4], "Index: index -4 lies outside -3 … 2 along axis 1 of extent 3. Check the labels or indices against the extent of the axis." },
        { () => X[0, ^0], "Index: index 3 lies outside -3 … 2 along axis 1 of extent 3. Check the labels or indices against the extent of the axis." },
        { () => X[.., [0, 3]].ToArray<int>(), "Gather: index 3 lies outside -3 … 2 along axis 1 of extent 3. Check the labels or indices against the extent of the axis." },
        { () => X[0, 0, 0], "Index: 3 axes are indexed, but [2, 3] has 2. Leave out 1, or write None for a new axis." },
        { () => X[Ellipsis, Ellipsis], "Index: 2 ellipses leave open which axes each stands for. Write one." },
        { () => X[Tensor.Ones(new Shape(3), DType.Bool)], "Index: the mask [3] does not cover axes 0 to 0 of [2, 3]. Give a mask of their extents." },
        { () => X[Tensor.Full(Shape.Scalar, 1, DType.Bool)], "Index: a mask without axes picks all or nothing. Use Where, or a C# condition." },
        { () => X[F], "Gather: indices are float32. Cast them to int32 or int64; for a bool mask use the indexer or MaskedSelect." },
        { () => X[[0, 1], [0, 1, 2]], "Index: [2] and [3] do not broadcast: extents 2 and 3 differ at axis -1. Make them equal or one of them 1." },
        { () => Slice(0, 1, 0), "Slice: the step is 0, so the walk never ends. Give 1 or more, or -1 or less. (Parameter 'step')" },
        { () => X.At[0].Set(Tensor.Ones(new Shape(2, 3), DType.Int32)), "At.Set: values [2, 3] do not fit the chosen elements [3]. Each extent must be equal or 1." },
        { () => X.At[0].Add(F[0]), "At.Add: float32 values do not fit into int32. Cast one of them with To first." },
        { () => X.MaskedFill(X, 1), "MaskedFill: the mask is int32. Compare it with something, which gives bool." },
        { () => X.TakeAlongAxis(X[0]), "TakeAlongAxis: [2, 3] and indices [3] have not the same number of axes. Add axes of extent 1 with Unsqueeze." },
        { () => X.PutAlongAxis(Tensor.Zeros(new Shape(2, 4, 3), DType.Int32), X), "PutAlongAxis: [2, 3] and indices [2, 4, 3] have not the same number of axes. Add axes of extent 1 with Unsqueeze." },
        { () => X[..1].PutAlongAxis(X, X), "PutAlongAxis: indices [2, 3] reach beyond [1, 3]. Make all axes but 1 equal, or 1 in the indices." },
        { () => F.OneHot(3), "OneHot: the classes are float32. Cast them to int32 or int64." },
        { () => X[0, 0].Nonzero(), "Nonzero: [] has no axes, so no coordinates. Reshape it to [1] first." },
        { () => X.Roll([1], [0, 1]), "Roll: 1 shifts for 2 axes. Give one for each." },
        { () => X.Tile(-1), "Tile: -1 copies are wanted. Ask for 0 or more." },
        { () => X.Repeat(-1, 0), "Repeat: -1 copies are wanted. Ask for 0 or more." },
        { () => X.Repeat(Tensor.Arange(3), 0), "Repeat: counts int32[3] for axis 0 of [2, 3]. Give one integer for each of its 2 elements." },
        { () => X.Repeat(Tensor.From([1, -1], 2), 0), "Repeat: the count of element 1 is negative. Give counts of 0 or more." },
        { () => Tensor.MeshGrid([X]), "MeshGrid: coordinates 0 are [2, 3]. Give vectors." },
        { () => Tensor.MeshGrid([X], "yx"), "MeshGrid: the indexing is 'yx'. Use \"xy\" or \"ij\". (Parameter 'indexing')" },
        { () => X.TopK(4), "TopK: 4 elements are wanted of axis 1 of [2, 3]. Ask for 0 to 3." },
        { () => X.KthValue(0), "KthValue: the element number 0 is wanted of axis 1 of [2, 3]. Ask for 1 to 3." },
        { () => X.LogCumSumExp(0), "LogCumSumExp: int32 has no fractions. Cast to float32 first." },
        { () => X.Diff(-1), "Diff: -1 differences are wanted. Ask for 0 or more. (Parameter 'count')" },
        { () => F.Quantile(1.5), "Quantile: q is 1.5. Give a part from 0 to 1, or use Percentile for hundredths. (Parameter 'q')" },
        { () => F.Quantile([]), "Quantile: no quantiles are given. Give at least one. (Parameter 'q')" },
        { () => X.Median(), "Median: int32 has no fractions. Cast to float32 first." },
        { () => X.NanMean(), "NanMean: int32 has no fractions. Cast to float32 first." },
        { () => F[..0].Median(0), "Median: [0, 3] has no elements to order. Test the extent first." },
        { () => F[..0].Mode(0), "Mode: axis 0 of [0, 3] has no elements, so none is the most frequent. Test the extent first." },
        { () => F.Bincount(), "Bincount: the elements are float32. Cast them to int32 or int64." },
        { () => (X - 1).Bincount(), "Bincount: the element -1 is negative. Shift the elements to 0 or more." },
        { () => (X - 1).Bincount(length: 7).ToArray<long>(), "Scatter: index 7 lies outside -7 … 6 along axis 0 of extent 7. Check the labels or indices against the extent of the axis." },
        { () => X.Bincount(F[0]), "Bincount: weights [3] for [2, 3]. Give one for each element." },
        { () => F.Histogram(0), "Histogram: 0 bins from 0 to 5. Give at least one bin, and a finite range in ascending order." },
        { () => F.Histogram(F), "Histogram: edges [2, 3] bound no bin. Give a vector of 2 or more." },
        { () => F.Histogram(F[0], F[0]), "Histogram: weights [3] for [2, 3]. Give one for each element." },
        { () => F.SearchSorted(F[0]), "SearchSorted: [2, 3] and values [3] differ before the last axis. Make all axes but the last equal." },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_values_and_remedy(Func<object> mistake, string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(mistake);
        Assert.Equal(message, error.Message);
    }
}
