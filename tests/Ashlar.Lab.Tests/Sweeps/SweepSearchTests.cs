using System.Text.Json;
using Ashlar.Lab.Sweeps;

namespace Ashlar.Lab.Tests.Sweeps;

public sealed class SweepSearchTests
{
    [Fact]
    public void A_grid_is_every_combination_the_last_parameter_fastest()
    {
        SweepSearch search = Of("""{"method": "grid", "parameters": {"a": [1, "x"], "b": {"min": 0, "max": 2, "integer": true}}}""");

        search.Extend(new Dictionary<int, double>());

        Assert.Equal(["a=1 b=0", "a=1 b=1", "a=1 b=2", "a=x b=0", "a=x b=1", "a=x b=2"], search.Trials.Select(trial => trial.ToString()));
        Assert.Equal(6, search.Total);
    }

    [Fact]
    public void Random_trials_follow_from_the_seed_and_do_not_move_when_a_parameter_comes_along()
    {
        string[] one = Trials("""{"trials": 20, "seed": 3, "parameters": {"a": {"min": 0, "max": 1}}}""", "a");
        string[] two = Trials("""{"trials": 20, "seed": 3, "parameters": {"b": [1, 2], "a": {"min": 0, "max": 1}}}""", "a");
        string[] other = Trials("""{"trials": 20, "seed": 4, "parameters": {"a": {"min": 0, "max": 1}}}""", "a");

        Assert.Equal(one, two);
        Assert.Empty(one.Intersect(other));
        Assert.Equal(20, one.Distinct().Count());
    }

    [Fact]
    public void Random_trials_are_spread_over_the_range()
    {
        double[] values = [.. Trials("""{"trials": 1000, "parameters": {"a": {"min": 0, "max": 1}}}""", "a").Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

        // Of 1000 in tenths each has 100, with a standard deviation of 9.5; five of them.
        Assert.All(values.GroupBy(value => (int)(value * 10)), tenth => Assert.InRange(tenth.Count(), 52, 148));
        Assert.InRange(values.Average(), 0.45, 0.55);
    }

    [Fact]
    public void Halving_takes_the_best_third_with_three_times_the_budget()
    {
        SweepSearch search = Of("""{"method": "halving", "trials": 9, "maximize": true, "parameters": {"a": {"min": 0, "max": 1}}, "budget": {"setting": "epochs", "min": 1, "max": 9}}""");
        var results = new Dictionary<int, double>();

        search.Extend(results);
        Assert.Equal(9, search.Trials.Count);
        foreach (int trial in Enumerable.Range(0, 9))
        {
            Assert.Equal(9, search.Trials.Count);
            results[trial] = trial == 8 ? double.NaN : -Math.Abs(trial - 4.2);
            search.Extend(results);
        }

        Assert.Equal([3, 4, 5], search.Trials.Skip(9).Select(trial => trial.Earlier));
        Assert.All(search.Trials.Skip(9), trial => Assert.Equal($"{search.Trials[trial.Earlier!.Value].ToString().Replace("epochs=1", "epochs=3", StringComparison.Ordinal)}", trial.ToString()));
        (results[9], results[10], results[11]) = (1, 1, 0);
        search.Extend(results);
        SweepTrial last = Assert.Single(search.Trials.Skip(12));
        Assert.Equal((9, 2, "9"), (last.Earlier!.Value, last.Rung, last.Values[^1].Value.GetRawText()));
        Assert.Equal(13, search.Total);
    }

    [Fact]
    public void Tpe_comes_closer_than_chance_with_the_same_number_of_trials()
    {
        const string Space = """
            "trials": 48, "parameters": {"x": {"min": -5, "max": 5}, "y": {"min": 1e-4, "max": 1, "scale": "log"}, "z": {"min": 0, "max": 20, "integer": true}, "kind": ["a", "b", "c", "d"]}
            """;

        // The median of five seeds.
        double Best(string method) => Enumerable.Range(0, 5).Select(seed => Minimize(Of($$"""{"method": "{{method}}", "seed": {{seed}}, {{Space}}}""")).Values.Min()).Order().ElementAt(2);

        Assert.InRange(Best("tpe") / Best("random"), 0, 0.5);
    }

    [Fact]
    public void Tpe_chooses_a_batch_only_when_all_trials_before_it_are_over()
    {
        SweepSearch search = Of("""{"method": "tpe", "trials": 10, "startup": 4, "batch": 3, "parameters": {"x": {"min": 0, "max": 1}}}""");
        var results = new Dictionary<int, double>();

        search.Extend(results);
        Assert.Equal(4, search.Trials.Count);
        (results[3], results[1], results[0]) = (1, 2, 3);
        search.Extend(results);
        Assert.Equal(4, search.Trials.Count);
        results[2] = double.NaN;
        search.Extend(results);
        Assert.Equal(7, search.Trials.Count);
    }

    [Fact]
    public void A_choice_is_made_more_often_where_it_was_good()
    {
        SweepSearch search = Of("""{"method": "tpe", "trials": 60, "parameters": {"kind": ["a", "b", "c", "d"]}}""");

        Minimize(search);

        Assert.True(search.Trials.Skip(12).Count(trial => trial.Values[0].Value.GetString() == "c") > 24);
    }

    static SweepSearch Of(string json) => SweepSearch.Of(SweepFile.Parse($$"""{"program": "a.cs", "metric": "m", {{json[1..]}}""", "test.json"));

    static string[] Trials(string json, string parameter)
    {
        SweepSearch search = Of(json);
        search.Extend(new Dictionary<int, double>());
        return [.. search.Trials.Select(trial => trial.Values.Single(value => value.Key == parameter).Value.GetRawText())];
    }

    static Dictionary<int, double> Minimize(SweepSearch search)
    {
        var results = new Dictionary<int, double>();
        while (results.Count < search.Total)
        {
            search.Extend(results);
            foreach (SweepTrial trial in search.Trials.Skip(results.Count).ToArray())
            {
                results[trial.Number] = Cost(trial.Values.ToDictionary());
            }
        }

        return results;
    }

    // Least at x = 2, y = 0.01, z = 7, kind = c.
    static double Cost(Dictionary<string, JsonElement> values)
    {
        double cost = values["kind"].GetString() == "c" ? 0 : 1;
        if (values.TryGetValue("x", out JsonElement x))
        {
            double y = Functions.ElementaryFunctions.Log(values["y"].GetDouble() / 0.01);
            double z = values["z"].GetDouble() - 7;
            cost += ((x.GetDouble() - 2) * (x.GetDouble() - 2)) + (y * y) + (z * z / 10);
        }

        return cost;
    }
}
