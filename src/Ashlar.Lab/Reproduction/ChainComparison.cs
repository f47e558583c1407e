using System.Globalization;

namespace Ashlar.Lab.Reproduction;

/// <summary>Two chains beside one another: they are equal if the links of every step that both have are, the last among them. A run that was stopped and resumed has a link more where it was.</summary>
static class ChainComparison
{
    /// <summary>One row for the whole chain, which names the first interval in which the trainings parted.</summary>
    public static IEnumerable<VerdictRow> Rows(IReadOnlyList<ChainLink> recorded, IReadOnlyList<ChainLink> reproduced)
    {
        if (recorded.Count + reproduced.Count == 0)
        {
            yield break;
        }

        string was = Text(recorded), now = Text(reproduced);
        Dictionary<long, ChainLink> links = reproduced.ToDictionary(link => link.Step);
        ChainLink[] common = [.. recorded.Where(link => links.ContainsKey(link.Step))];
        ChainLink? parted = common.FirstOrDefault(link => !link.HasStateOf(links[link.Step]));
        if (parted is not null)
        {
            ChainLink? last = common.TakeWhile(link => link != parted).LastOrDefault();
            yield return VerdictRow.Differs("chain", was, now, $"first between {(last is null ? "the beginning" : $"step {Whole(last.Step)}")} and step {Whole(parted.Step)}: {string.Join(", ", Parts(parted, links[parted.Step]))}");
        }
        else if (recorded.Count == 0 || reproduced.Count == 0 || recorded[^1].Step != reproduced[^1].Step)
        {
            yield return VerdictRow.Differs("chain", was, now, common.Length == 0 ? "no link is of one step" : $"equal to step {Whole(common[^1].Step)}, then one ends before the other");
        }
        else
        {
            yield return new VerdictRow("chain", was, now, "", Verdict.Equal);
        }
    }

    /// <summary>The parts of the state in which two links differ.</summary>
    public static IEnumerable<string> Parts(ChainLink a, ChainLink b)
    {
        (string Name, string A, string B)[] parts = [("weights", a.Weights, b.Weights), ("optimizer", a.Optimizer, b.Optimizer), ("loader", a.Loader, b.Loader), ("counters", a.Counters, b.Counters)];
        return parts.Where(part => part.A != part.B).Select(part => part.Name);
    }

    static string Text(IReadOnlyList<ChainLink> links) => links.Count == 0 ? "" : $"{Whole(links.Count)} links to step {Whole(links[^1].Step)}, {IntegrityCheck.Short(links[^1].Weights)}";

    static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
