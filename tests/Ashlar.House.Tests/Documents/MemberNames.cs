using System.Reflection;
using System.Text.RegularExpressions;
using Ashlar.House.Tests.Architecture;

namespace Ashlar.House.Tests.Documents;

/// <summary>The public names that pieces of code in a text speak of, and whether they are there.</summary>
static partial class MemberNames
{
    static readonly ILookup<string, Type> Types = Project.Sources.SelectMany(source => source.Assembly.GetExportedTypes()).ToLookup(type => type.Name.Split('`')[0]);

    static readonly HashSet<string> Members = [.. Types.SelectMany(group => group).SelectMany(Of)];

    /// <summary>What is written in a code span as a member of ours and is none.</summary>
    /// <param name="code">A piece of C#: <c>Type.Member</c>, <c>value.Member</c>, <c>new Type(</c>.</param>
    /// <param name="isOurs">Whether every name in it must be ours; otherwise only members of our types are asked for.</param>
    public static IEnumerable<string> Missing(string code, bool isOurs)
    {
        foreach (Match match in Access().Matches(Text().Replace(code, "\"\"")))
        {
            (string of, string member) = (match.Groups["of"].Value, match.Groups["member"].Value);
            bool exists = of.Length > 0 && char.IsUpper(of[0])
                ? Types.Contains(of) ? Types[of].Any(type => Of(type).Contains(member)) : !isOurs || Namespaces.Contains(of)
                : !isOurs || Members.Contains(member);
            if (!exists)
            {
                yield return match.Value;
            }
        }

        foreach (Match match in Creation().Matches(code).Where(match => isOurs && !Types.Contains(match.Groups["type"].Value)))
        {
            yield return match.Value;
        }
    }

    static readonly HashSet<string> Namespaces = ["Ashlar", "Complex"];

    // Extension properties stand in their class as get_Name.
    static IEnumerable<string> Of(Type type) => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy)
        .SelectMany(member => (string[])[member.Name, member.Name.StartsWith("get_", StringComparison.Ordinal) ? member.Name[4..] : member.Name]);

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<of>\b[A-Za-z]\w*|[\)\]])\.(?<member>[A-Z]\w*)(?!\w*\.cs\b|\.cs)")]
    private static partial Regex Access();

    [GeneratedRegex(@"\bnew (?<type>[A-Z]\w*)")]
    private static partial Regex Creation();
}
