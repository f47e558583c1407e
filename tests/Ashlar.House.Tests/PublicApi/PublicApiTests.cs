using Ashlar.House.Tests.Architecture;

namespace Ashlar.House.Tests.PublicApi;

public sealed class PublicApiTests
{
    /// <summary>A program has no users of its types.</summary>
    static IEnumerable<Project> Libraries => Project.Sources.Where(source => source.Property("OutputType") != "Exe");

    public static TheoryData<string> Assemblies => [.. Libraries.Select(library => library.AssemblyName)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_API_is_the_approved_one(string assembly) => Golden.Match($"api/{assembly}.txt", ApiText.Of(System.Reflection.Assembly.Load(assembly)));

    [Fact]
    public void Every_approved_text_belongs_to_an_assembly()
        => Findings.None("api/ holds one text for each library.", Repository.FilesIn("api", ".txt").Except(Assemblies.Select(row => $"api/{row.Data}.txt")));

    [Fact]
    public void An_API_reads_as_it_is_written()
        => Assert.Equal(
            """
            abstract class Ashlar.House.Tests.Planted.Example<T> : IDisposable where T : struct, IComparable<T>
                Dictionary<string, object?>? Table { get; init; }
                abstract T? Find(in ReadOnlySpan<T> from, out int at, string? name = null, DayOfWeek day = DayOfWeek.Monday)
                const string Greeting = "hello"
                event EventHandler? Changed
                int this[int axis] { get; }
                protected Example(double rate = 0.5)
                protected virtual void Close()
                static Example<T> operator Addition(Example<T> a, Example<T> b)
                static void Print(params ReadOnlySpan<int> extents)
                void Dispose()

            """,
            ApiText.Of([typeof(Planted.Example<>)]));

    [Fact]
    public void Extension_members_read_as_they_are_used()
        => Assert.Equal(
            """
            static class Ashlar.House.Tests.Planted.ExampleExtensions
                static int Thrice(this string text)
                static int get_Twice(string text)
                static string Plus(this string text, string other)
                static string get_Nothing()
                static string operator Multiply(string value, int times)

            """,
            ApiText.Of([typeof(Planted.ExampleExtensions)]));
}
