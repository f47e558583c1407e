using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ashlar.Cli;

/// <summary>Options that take a number, whose errors say which number would do.</summary>
static class NumberOption
{
    /// <summary>A whole number.</summary>
    /// <param name="name">With its hyphens.</param>
    /// <param name="description">For the help.</param>
    /// <param name="least">The smallest number that does.</param>
    public static Option<int?> Whole(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : Refuse<int?>(result, $"{name} takes a whole number from {least} on, and got '{Text(result)}'"),
    };

    /// <summary>A count that may be beyond 32 bits.</summary>
    public static Option<long?> Count(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : Refuse<long?>(result, $"{name} takes a whole number from 1 on, and got '{Text(result)}'"),
    };

    /// <summary>A seed: any whole number of 64 bits.</summary>
    public static Option<long> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => long.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : Refuse<long>(result, $"{name} takes a whole number of 64 bits, and got '{Text(result)}'"),
    };

    /// <summary>A number above 0.</summary>
    public static Option<double?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number > 0
            ? number
            : Refuse<double?>(result, $"{name} takes a number above 0 such as 0.001, and got '{Text(result)}'"),
    };

    static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
