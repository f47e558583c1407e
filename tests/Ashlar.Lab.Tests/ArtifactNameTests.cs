namespace Ashlar.Lab.Tests;

public sealed class ArtifactNameTests
{
    [Theory]
    [InlineData("", "the name is empty")]
    [InlineData("/etc/passwd", "the name begins at a root")]
    [InlineData("../up", "the name holds a part '..'")]
    [InlineData("a/../../b", "the name holds a part '..'")]
    [InlineData("a/./b", "the name holds a part '.'")]
    [InlineData("a//b", "a part of the name is empty")]
    [InlineData("a/", "a part of the name is empty")]
    [InlineData("C:/x", "the name holds ':'")]
    [InlineData("a\\b", "the name holds '\\'")]
    [InlineData("a\nb", "the name holds a control character")]
    [InlineData("a\0b", "the name holds a control character")]
    [InlineData("a.", "the part 'a.' ends in '.'")]
    [InlineData("x/nul.txt", "the part 'nul.txt' is a device on Windows")]
    public void A_name_that_leads_elsewhere_is_refused_with_the_reason(string name, string fault)
    {
        Assert.Equal(fault, ArtifactName.Fault(name));
        Assert.Contains(fault, Assert.Throws<LabException>(() => ArtifactName.Check(name)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss.png")]
    [InlineData("plots/año 1/loss.png")]
    [InlineData("..a/b..c")]
    [InlineData(".hidden")]
    public void A_relative_path_passes(string name) => Assert.Equal(name, ArtifactName.Check(name));

    [Fact]
    public void A_name_has_an_end() => Assert.Equal("the name has 513 characters, more than 512", ArtifactName.Fault(new string('a', 513)));
}
