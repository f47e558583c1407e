using System.Reflection;
using System.Text;

namespace Ashlar.House.Tests.Documents;

/// <summary>The Python Array API standard 2024.12, name by name, and what stands for each here.</summary>
sealed record ArrayApi(IReadOnlyList<ArrayApi.Row> Rows)
{
    /// <summary>What a row without a member of ours begins with.</summary>
    const string Absent = "-";

    const string Language = "C# ";

    /// <param name="Group">Chapter of the standard.</param>
    /// <param name="Standard">Name in the standard.</param>
    /// <param name="Ours">Type and member, an expression of C#, or "-".</param>
    /// <param name="Note">What differs, or why it is absent.</param>
    public sealed record Row(string Group, string Standard, string Ours, string Note)
    {
        public bool IsAbsent => Ours == Absent;

        /// <summary>Whether what the row names is there.</summary>
        public bool Exists => IsAbsent || Ours.StartsWith(Language, StringComparison.Ordinal) || Members().Any();

        IEnumerable<MemberInfo> Members()
        {
            string[] parts = Ours.Split('.');
            return Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.Name == parts[0])
                .SelectMany(type => type.GetMember(parts[1], BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance));
        }
    }

    static Assembly[] Assemblies => [typeof(Shape).Assembly, typeof(Tensor).Assembly];

    public static ArrayApi Read() => new([.. Repository.Read("tests/Ashlar.House.Tests/Documents/array-api.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Skip(1).Select(line => line.Split('\t')).Select(cells => new Row(cells[0], cells[1], cells[2], cells[3]))]);

    /// <summary>The page docs/array-api.md.</summary>
    public string Page()
    {
        var page = new StringBuilder();
        page.Append("# The Array API\n\n");
        page.Append("The [Python Array API standard](https://data-apis.org/array-api/2024.12/), version 2024.12, name by name. This page is written by a test from the public API.\n\n");
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Rows.Count(row => !row.IsAbsent)} of {Rows.Count} rows are present.\n");
        foreach (IGrouping<string, Row> group in Rows.GroupBy(row => row.Group))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n| standard | here | status |\n|---|---|---|\n");
            foreach (Row row in group)
            {
                page.Append("| `").Append(row.Standard.Replace(", ", "`, `")).Append("` | ").Append(row.IsAbsent ? "" : "`" + Readable(row.Ours) + "`");
                page.Append(" | ").Append(row.IsAbsent ? "absent: " : row.Note.Length > 0 ? "present: " : "present").Append(row.Note).Append(" |\n");
            }
        }

        return page.ToString();
    }

    static string Readable(string ours) => ours.StartsWith(Language, StringComparison.Ordinal) ? ours[Language.Length..]
        : ours.Split('.')[1] is var member && Operators.TryGetValue(member, out string? text) ? text : ours;

    static readonly Dictionary<string, string> Operators = new()
    {
        ["get_IsFloating"] = "dtype.IsFloating",
        ["op_Addition"] = "x + y",
        ["op_Subtraction"] = "x - y",
        ["op_Multiply"] = "x * y",
        ["op_Division"] = "x / y",
        ["op_UnaryNegation"] = "-x",
        ["op_BitwiseAnd"] = "x & y",
        ["op_BitwiseOr"] = "x \\| y",
        ["op_ExclusiveOr"] = "x ^ y",
        ["op_OnesComplement"] = "~x",
        ["op_LeftShift"] = "x << y",
        ["op_RightShift"] = "x >> y",
        ["op_LessThan"] = "x < y",
        ["op_LessThanOrEqual"] = "x <= y",
        ["op_GreaterThan"] = "x > y",
        ["op_GreaterThanOrEqual"] = "x >= y",
    };
}
