namespace Ashlar.Lab.Queries;

/// <summary>A filter or a sort key cannot be read. The message shows the text with a caret under the place.</summary>
public sealed class QueryException : FormatException
{
    /// <param name="query">The whole text.</param>
    /// <param name="position">Characters before the place, 0 to the text's length.</param>
    /// <param name="fault">What is wrong there and what to write, as sentences.</param>
    public QueryException(string query, int position, string fault)
        : base(FormattableString.Invariant($"where: at character {position + 1}: {fault}\n  {OneLine(query)}\n  {new string(' ', position)}^"))
    {
        Query = query;
        Position = position;
    }

    /// <summary>The whole text.</summary>
    public string Query { get; }

    /// <summary>Characters before the place.</summary>
    public int Position { get; }

    // Tabs, line ends and the like would move the caret away from its place.
    static string OneLine(string query) => string.Create(query.Length, query, (line, text) =>
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(text[i]) ? ' ' : text[i];
        }
    });
}
