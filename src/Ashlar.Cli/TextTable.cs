using System.Text;

namespace Ashlar.Cli;

/// <summary>Columns with two blanks between, for people and for <c>grep</c> alike: no frame, no colour, no line broken.</summary>
/// <param name="headings">One for each column; those that end in <c>&gt;</c> are set to the right and lose it.</param>
sealed class TextTable(params string[] headings)
{
    readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        string[] titles = [.. headings.Select(heading => heading.TrimEnd('>'))];
        int[] widths = [.. titles.Select((title, column) => _rows.Append(titles).Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in _rows.Prepend(titles).Where(row => row.Any(cell => cell.Length > 0)))
        {
            IEnumerable<string> cells = row.Select((cell, column) => headings[column].EndsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
