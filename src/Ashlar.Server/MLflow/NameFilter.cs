using System.Text.RegularExpressions;

namespace Ashlar.Server.MLflow;

/// <summary>Filters of experiments: by name or tag, with <c>=</c>, <c>!=</c>, <c>LIKE</c> or <c>ILIKE</c>, joined by AND.</summary>
static partial class NameFilter
{
    const int LongestText = 2000;

    /// <summary>Reads a filter.</summary>
    /// <exception cref="MlflowException">The text is none.</exception>
    public static Func<Experiment, bool> Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw MlflowException.Invalid($"The filter has {text.Length} characters, more than {LongestText}.");
        }

        var conditions = new List<Func<Experiment, bool>>();
        int at = 0;
        while (at < text.TrimEnd().Length)
        {
            Match match = Condition().Match(text, at);
            if (!match.Success || match.Index != at)
            {
                throw MlflowException.Invalid($"Invalid clause(s) in filter string: '{text}': at character {at + 1}. Experiments are filtered by name and tags.KEY with =, !=, LIKE or ILIKE.");
            }

            at += match.Length;
            conditions.Add(Of(match));
        }

        return experiment => conditions.TrueForAll(condition => condition(experiment));
    }

    static Func<Experiment, bool> Of(Match match)
    {
        string tag = match.Groups["tag"].Value.Trim('`', '"'), value = match.Groups["value"].Value;
        string comparison = match.Groups["comparison"].Value.ToUpperInvariant();
        string? Left(Experiment experiment) => tag.Length == 0 ? ExperimentBook.ForClients(experiment.Name) : experiment.Tags.GetValueOrDefault(tag);
        if (comparison is "=" or "!=")
        {
            return experiment => Left(experiment) is { } left && left == value == (comparison == "=");
        }

        string pattern = $"^{Regex.Escape(value).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal)}$";
        var like = new Regex(pattern, RegexOptions.Singleline | RegexOptions.NonBacktracking | (comparison == "ILIKE" ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None));
        return experiment => Left(experiment) is { } left && like.IsMatch(left);
    }

    [GeneratedRegex("""\s*(?:(?:attributes?|attr|experiment)\.)?(?:name|tags?\.(?<tag>`[^`]+`|"[^"]+"|[\w.\-/]+))\s*(?<comparison>=|!=|LIKE\b|ILIKE\b)\s*(?:'(?<value>[^']*)'|"(?<value>[^"]*)")\s*(?:AND\b(?=.)|$)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
