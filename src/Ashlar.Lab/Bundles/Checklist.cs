using System.Globalization;
using System.Text;

namespace Ashlar.Lab.Bundles;

/// <summary><c>CHECKLIST.md</c>: the questions that reviewers ask (after the checklists of NeurIPS and of J. Pineau, "The Machine Learning Reproducibility Checklist", 2020), answered as far as the records answer them. What only the authors know is marked open.</summary>
static class Checklist
{
    const string Open = "**OPEN**: ";

    public static string Of(BundleStory story)
    {
        (string Question, string Answer)[] questions = [.. Answers(story)];
        var text = new StringBuilder("# Checklist of reproducibility\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{questions.Count(question => !question.Answer.Contains(Open, StringComparison.Ordinal))} questions are answered from the records, {questions.Count(question => question.Answer.Contains(Open, StringComparison.Ordinal))} are open, some in part: the authors answer them.\n\n| question | answer |\n|---|---|\n");
        foreach ((string question, string answer) in questions)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {question} | {answer.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }

    static IEnumerable<(string Question, string Answer)> Answers(BundleStory story)
    {
        IReadOnlyList<RunRecord> runs = story.Runs;
        bool seeded = runs.All(run => run.Settings.Keys.Any(name => name.Split('.')[^1].Equals("seed", StringComparison.OrdinalIgnoreCase)));
        string[] seeds = [.. runs.SelectMany(run => run.Settings.Where(pair => pair.Key.Split('.')[^1].Equals("seed", StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value.GetRawText())).Distinct()];
        double seconds = runs.Sum(run => ((run.End ?? run.Start) - run.Start).TotalSeconds);
        string time = seconds < 600 ? $"{seconds.ToString("0", CultureInfo.InvariantCulture)} seconds" : $"{(seconds / 3600).ToString("0.#", CultureInfo.InvariantCulture)} hours";
        yield return ("Do the claims of the paper match the results?", $"{Open}every number that was recorded is in `claims.yaml`; name those that the paper claims.");
        yield return ("Are the limits of the work discussed?", $"{Open}name the section.");
        yield return ("Are assumptions and proofs of theoretical results complete?", $"{Open}name the section, or say that there are none.");
        yield return ("Is the code there, all of it?", runs.All(run => run.Code.Files.Count > 0) ? $"Yes: `sources/`, {Count(runs.SelectMany(run => run.Code.Files).Select(file => file.Sha256).Distinct().Count())} files by SHA-256." : $"{Open}a run has no sources.");
        yield return ("Are the versions of all packages fixed?", runs.All(run => run.Code.Project?.EndsWith(".dll", StringComparison.Ordinal) == true) ? "Yes: the program is there as assemblies, packages included." : runs.Any(run => run.Code.Locks.Count > 0) ? "Yes: lock files are among the sources and builds are made against them." : $"{Open}no lock file was recorded; say that no package is used, or add one.");
        yield return ("Is the command there that makes each result?", runs.All(run => run.File.Command.Count > 0) ? "Yes: in `REPORT.md`, and `ashlar verify` runs it." : $"{Open}a run has no command.");
        yield return ("Is the data there, or is it said how to get it?", story.Data.Count == 0 ? $"{Open}no run named a file of data; say where the data comes from." : story.Data.FirstOrDefault(file => file.Path is null && file.Fetch is null) is { } file ? $"{Open}{file.Name} is neither in the bundle nor to be fetched." : "Yes: `data/`, or the address in `REPORT.md`; all files by SHA-256.");
        yield return ("Are the splits of the data given?", runs.All(run => run.Data.Splits.Count > 0) ? $"Yes: {string.Join(", ", runs[0].Data.Splits.Select(split => $"{split.Name} {Count(split.Count)}"))}, by the hash of their ids." : $"{Open}not every run named its splits.");
        yield return ("Are all settings given, and how they were chosen?", runs.All(run => run.Settings.Count > 0) ? $"All values with their sources are in `REPORT.md`. {Open}say how they were chosen." : $"{Open}a run has no settings.");
        yield return ("Is chance under control?", seeded ? $"Yes: seeds {string.Join(", ", seeds)}; equal seeds give equal bits." : $"{Open}a run has no setting named seed.");
        yield return ("Are error bars given over several runs?", seeds.Length > 1 ? $"{Count(seeds.Length)} seeds are in the bundle. {Open}say what the bars mean." : $"{Open}one seed only; say whether the result depends on it.");
        yield return ("Are measures of quality defined?", $"Recorded: {string.Join(", ", runs.SelectMany(run => run.Metrics.Keys).Where(name => !BundleStory.IsOfMachine(name)).Distinct().Order(StringComparer.Ordinal).Take(12))}. {Open}say why these.");
        yield return ("What computing did it take?", $"{time} on {string.Join(" and ", runs.Select(run => $"{Count(run.Host.Processors)} processors with {Count(run.Host.Memory >> 30)} GiB").Distinct())}. {Open}say what runs that are not here took.");
        yield return ("Are the trained models there?", runs.All(run => run.Weights is not null) ? "Yes: `models/`, safetensors, with the hash of the weights." : $"{Open}not every run kept its weights.");
        yield return ("Under which license may all this be used?", story.Options.License is { } license ? $"{license}, by the authors." : $"{Open}name it.");
        yield return ("Are the owners of data and code that was used named, and are their licenses kept to?", $"{Open}name them.");
        yield return ("Does the work concern people, and did they consent and was it reviewed?", $"{Open}answer.");
        yield return ("What harm could it do, and what was done against it?", $"{Open}answer.");
    }

    static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
