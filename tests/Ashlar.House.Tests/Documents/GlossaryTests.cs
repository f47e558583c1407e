using System.Reflection;
using Ashlar.House.Tests.Architecture;
using Ashlar.House.Tests.PublicApi;

namespace Ashlar.House.Tests.Documents;

public sealed class GlossaryTests
{
    static readonly Glossary Committed = Glossary.Parse(Repository.Read("docs/glossary.md"));

    [Fact]
    public void Public_names_use_the_words_of_the_glossary()
        => Findings.None("One word for each thing: docs/glossary.md.",
            Project.Sources.SelectMany(source => source.Assembly.GetExportedTypes()).Where(ApiText.IsNamed).SelectMany(Names)
                .Select(item => Committed.Instead(item.Name) is { } advice ? $"{item.Place}: {advice}" : null).OfType<string>());

    [Theory]
    [InlineData("Dim", "Dim: say axis")]
    [InlineData("reduceDim", "reduceDim: say axis")]
    [InlineData("KeepDims", "KeepDims: say axis")]
    [InlineData("DataType", "DataType: say dtype")]
    [InlineData("GradScale", "GradScale: say gradient")]
    [InlineData("Diminish", null)]
    [InlineData("Gradient", null)]
    [InlineData("DType", null)]
    [InlineData("axis", null)]
    public void A_second_word_for_a_thing_is_found(string name, string? advice) => Assert.Equal(advice, Committed.Instead(name));

    static IEnumerable<(string Place, string Name)> Names(Type type)
        => type.GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
            .Where(member => MemberText.Of(member) is not null)
            .SelectMany(member => (member is MethodBase method ? method.GetParameters() : []).Select(parameter => parameter.Name!)
                .Append(member is ConstructorInfo ? type.Name : member.Name)
                .Select(name => ($"{type.FullName}.{member.Name}", name)))
            .Append((type.FullName!, type.Name))
            .Concat((type.Namespace ?? "").Split('.').Select(part => (type.FullName!, part)));
}
