using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ashlar.House.Tests.Architecture;

namespace Ashlar.House.Tests.Sources;

public sealed partial class NameTests
{
    [Fact]
    public void Types_are_named_after_what_they_are()
        => Findings.None("Name a type after what it is: no Utils, Helper, Manager, no ending Base or Impl.",
            Project.Sources.SelectMany(source => source.Assembly.GetTypes())
                .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.StartsWith('<') && SaysNothing().IsMatch(type.Name))
                .Select(type => type.FullName!));

    [Theory]
    [InlineData("ShapeUtils", true)]
    [InlineData("TensorHelper", true)]
    [InlineData("PoolManager", true)]
    [InlineData("LayerBase", true)]
    [InlineData("OptimizerBase`1", true)]
    [InlineData("PlanImpl", true)]
    [InlineData("Database", false)]
    [InlineData("BaseOfNumber", false)]
    [InlineData("Implies", false)]
    public void A_name_that_says_nothing_is_found(string name, bool found) => Assert.Equal(found, SaysNothing().IsMatch(name));

    [GeneratedRegex(@"Util(itie)?s?(?![a-z])|Helper|Manager|(Base|Impl)(`\d+)?$")]
    private static partial Regex SaysNothing();
}
