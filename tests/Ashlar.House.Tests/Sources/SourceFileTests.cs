namespace Ashlar.House.Tests.Sources;

public sealed class SourceFileTests
{
    [Fact]
    public void No_source_file_is_longer_than_500_lines()
        => Findings.None("A source file has at most 500 lines: one concept each.",
            SourceFile.All.Where(file => file.Lines > 500).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Half_of_the_source_files_have_at_most_100_lines_and_nine_of_ten_at_most_300()
    {
        int[] lines = [.. SourceFile.All.Select(file => file.Lines).Order()];
        Assert.NotEmpty(lines);
        Assert.InRange(lines[lines.Length / 2], 1, 100);
        Assert.InRange(lines[lines.Length * 9 / 10], 1, 300);
    }

    [Fact]
    public void A_file_holds_one_public_type_and_is_named_after_it()
        => Findings.None("A source file holds one public type and bears its name (Type.Part.cs for a part, Type{T}.cs beside a type that is not generic).", SourceFile.All.Select(file => file.WrongTypes()).OfType<string>());

    [Fact]
    public void No_file_hides_from_the_rules()
        => Findings.None("A file has one namespace without braces and turns off no more than a named warning.", SourceFile.All.Select(file => file.Hidden()).OfType<string>());

    [Theory]
    [InlineData("#pragma warning disable\nnamespace Ashlar;\n", "A.cs: turns off every warning. Name the one, and say why.")]
    [InlineData("using System;\nnamespace Ashlar\n{\n}\n", "A.cs: has a namespace in braces. Write one namespace for the file.")]
    [InlineData("#pragma warning disable CA1000 // the factory reads better here\nnamespace Ashlar;\n", null)]
    public void A_hidden_file_is_found(string text, string? message) => Assert.Equal(message, new SourceFile("A.cs", text).Hidden());

    [Theory]
    [InlineData("A.cs", "public sealed class A(int x) : B\n{\n}\n\npublic enum C\n{\n}\n", "A.cs: has 2 public types: A, C. Give each a file.")]
    [InlineData("A.cs", "public readonly record struct B<T>(T Value);\n", "A.cs: its public type is B. Name the file B.cs.")]
    [InlineData("A.cs", "public delegate Tensor B(Tensor x);\n", "A.cs: its public type is B. Name the file B.cs.")]
    [InlineData("A.cs", "static class B\n{\n}\n", "A.cs: its types are B. Name the file after one.")]
    [InlineData("A.cs", "public interface IA\n{\n}\n", "A.cs: its public type is IA. Name the file IA.cs.")]
    public void A_wrong_file_is_found(string path, string text, string message) => Assert.Equal(message, new SourceFile(path, text).WrongTypes());

    [Theory]
    [InlineData("A.cs", "public static partial class A\n{\n    public sealed class Inner;\n}\n\nsealed class Other;\n")]
    [InlineData("A.Part.cs", "public static partial class A\n{\n}\n")]
    [InlineData("A.cs", "public sealed class A<T>\n    where T : struct\n{\n}\n")]
    [InlineData("A{T}.cs", "public sealed class A<T>\n{\n}\n")]
    [InlineData("SmallLanes.cs", "sealed class ALanes\n{\n}\n\nsealed class BLanes\n{\n}\n")]
    [InlineData("Program.cs", "System.Console.WriteLine();\n")]
    public void A_right_file_passes(string path, string text) => Assert.Null(new SourceFile(path, text).WrongTypes());
}
