using Ashlar.House.Tests.Planted.High;
using Ashlar.House.Tests.Planted.Low;
using Ashlar.House.Tests.Planted.Unlisted;

namespace Ashlar.House.Tests.Architecture;

public sealed class RoomTests
{
    static readonly Rooms Planted = new(["Ashlar.House.Tests.Planted.Low", "Ashlar.House.Tests.Planted.High.*"]);

    [Fact]
    public void A_type_uses_only_its_own_and_lower_namespaces()
        => Findings.None("Inside an assembly a type uses only its own and lower namespaces (HousePlan.Rooms).",
            Project.Sources.SelectMany(source => new Rooms(HousePlan.Rooms.GetValueOrDefault(source.Name, [])).Broken(source.Assembly.GetTypes())));

    [Theory]
    [InlineData(typeof(UsesInBody))]
    [InlineData(typeof(UsesInClosure))]
    [InlineData(typeof(UsesInCatch))]
    [InlineData(typeof(UsesAsField))]
    [InlineData(typeof(UsesAsArgument))]
    [InlineData(typeof(UsesAsAttribute))]
    [InlineData(typeof(UsesAsConstraint<>))]
    public void A_planted_use_of_a_higher_namespace_is_found(Type planted)
    {
        string[] found = [.. Planted.Broken(planted.GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Append(planted)).Distinct()];
        Assert.Equal($"{planted.FullName} uses {typeof(Roof).FullName}: Ashlar.House.Tests.Planted.Low lies below Ashlar.House.Tests.Planted.High.* and may not know it.", Assert.Single(found));
    }

    [Fact]
    public void A_use_of_a_lower_namespace_is_allowed() => Assert.Empty(Planted.Broken([typeof(Roof)]));

    [Fact]
    public void A_namespace_that_is_not_listed_is_found()
        => Assert.EndsWith("the namespace Ashlar.House.Tests.Planted.Unlisted is not in the list. Add it where it belongs: HousePlan.Rooms.", Assert.Single(Planted.Broken([typeof(Shed)])), StringComparison.Ordinal);
}
