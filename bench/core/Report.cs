using System.Globalization;
using System.Text.Json;

namespace Ashlar.Bench.Core;

/// <summary>Prints figures as they come and keeps them for a file.</summary>
sealed class Report
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    readonly List<string> _notes = [];
    readonly List<Row> _rows = [];

    /// <summary>A line of text: facts of the machine, a title, a count.</summary>
    public void Say(string line)
    {
        _notes.Add(line);
        Console.WriteLine(line);
    }

    /// <summary>A row of the table: median, 90th percentile, maximum and mean in a unit.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="samples">Its durations.</param>
    /// <param name="unit">Name of the unit.</param>
    /// <param name="perSecond">Units in a second.</param>
    /// <param name="isPrinted">Whether it is in the table, not in the file alone.</param>
    public void Add(string name, Samples samples, string unit, double perSecond, bool isPrinted = true)
    {
        var row = new Row(name, unit, samples.Median * perSecond, samples.P90 * perSecond, samples.Max * perSecond, samples.Mean * perSecond, samples.Count);
        _rows.Add(row);
        if (isPrinted)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-52} {row.Median,9:0.00} {row.P90,9:0.00} {row.Max,9:0.00} {row.Mean,9:0.00} {unit}"));
        }
    }

    /// <summary>The heading of a table.</summary>
    public void Head(string title)
    {
        _notes.Add(title);
        Console.WriteLine($"\n{title,-54} {"median",9} {"p90",9} {"max",9} {"mean",9}");
    }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(new { Notes = _notes, Rows = _rows }, Indented) + "\n");

    sealed record Row(string Name, string Unit, double Median, double P90, double Max, double Mean, int Samples);
}
