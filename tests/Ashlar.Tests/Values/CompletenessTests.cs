using System.Reflection;
using Ashlar.Tests.Elementwise;
using Ashlar.Tests.Fft;
using Ashlar.Tests.Random;

namespace Ashlar.Tests.Values;

/// <summary>Every public function of tensors has outside values: a row of the table that calls it, or a test class named here or in a row that does.</summary>
public sealed class CompletenessTests
{
    // Members that compute nothing: they tell, store, read, share or say when.
    static readonly string[] NoFunctions =
    [
        "get_Node", "get_Shape", "get_DType", "get_Rank", "get_Size", "Eval", "Keep", "Explain", "Dispose", "ToString", "ToArray", "CopyTo", "ToBytes", "Item", "From", "FromBytes",
        "Wrap", "AsMemory", "StopGradient", "Named",
    ];

    static readonly (Type Holder, string[] Functions)[] Elsewhere =
    [
        (typeof(FftTests), ["FftFreq", "RFftFreq"]),
        (typeof(WeakNumberTests), ["ResultType", "CanCast"]),
        (typeof(TensorRandomTests), ["RandomBits", "RandomUniform", "RandomNormal"]),
        (typeof(ContinuousDistributionTests), ["RandomTruncatedNormal", "RandomExponential", "RandomGumbel", "RandomLaplace", "RandomLogistic", "RandomCauchy"]),
        (typeof(DiscreteDistributionTests), ["RandomBernoulli", "RandomInteger", "RandomCategorical", "RandomPermutation"]),
        (typeof(ChoiceTests), ["RandomChoice"]),
        (typeof(VectorDistributionTests), ["RandomMultivariateNormal", "RandomMultinomial", "RandomWishart"]),
        (typeof(DistributionTests),
        [
            "RandomPoisson", "RandomBinomial", "RandomNegativeBinomial", "RandomGeometric", "RandomRademacher", "RandomGamma", "RandomBeta", "RandomDirichlet", "RandomChiSquare",
            "RandomStudentT", "RandomLogNormal", "RandomHalfNormal", "RandomRayleigh", "RandomPareto", "RandomWeibull",
        ]),
    ];

    [Fact]
    public void Every_function_of_tensors_has_recorded_values()
    {
        HashSet<MethodInfo> inRows = [.. FunctionRows.All.SelectMany(row => CalledMembers.Of(row.Body.Method))];
        HashSet<string> elsewhere = [.. Elsewhere.SelectMany(part => part.Functions), .. NoFunctions];
        string[] missing = [.. CalledMembers.Public.Where(member => !inRows.Contains(member) && !elsewhere.Contains(member.Name)).Select(member => member.ToString()!)];
        Assert.True(missing.Length == 0, $"No outside values. Add a row in tests/Ashlar.Tests/Values and what it records, or name the test class that holds them:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void A_class_named_as_holder_calls_the_function()
    {
        IEnumerable<(Type Holder, string[] Functions)> ofRows = FunctionRows.All.Where(row => row.Holder is not null)
            .Select(row => (row.Holder!, CalledMembers.Of(row.Body.Method).Select(member => member.Name).Except(["ViewAsReal", "Sort"]).ToArray()));
        string[] wrong =
        [
            .. from part in Elsewhere.Concat(ofRows)
               from function in part.Functions.Except(CalledMembers.Of(part.Holder).Select(member => member.Name))
               select $"{part.Holder.Name} does not call {function}.",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_named_here_is_a_public_member() =>
        Assert.Empty(NoFunctions.Concat(Elsewhere.SelectMany(part => part.Functions)).Except(CalledMembers.Public.Select(member => member.Name)));
}
