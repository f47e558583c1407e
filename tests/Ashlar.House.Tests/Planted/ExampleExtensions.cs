namespace Ashlar.House.Tests.Planted;

/// <summary>One of each kind of extension member, to be read back as text.</summary>
static class ExampleExtensions
{
    extension(string text)
    {
        public int Twice => 2 * text.Length;

        public string Plus(string other) => text + other;

        public static string Nothing => "";

        public static string operator *(string value, int times) => string.Concat(Enumerable.Repeat(value, times));
    }

    public static int Thrice(this string text) => 3 * text.Length;
}
