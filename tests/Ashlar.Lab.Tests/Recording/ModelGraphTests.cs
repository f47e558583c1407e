using Ashlar.Lab.Events;
using Ashlar.Nn;

namespace Ashlar.Lab.Tests.Recording;

[Collection(nameof(Run))]
public sealed class ModelGraphTests
{
    [Fact]
    public void A_model_is_logged_as_its_code_records_it_and_as_its_plan_runs_it()
    {
        using var folder = new TemporaryFolder();
        Sequential model = Model();
        using (Run run = Run.Start("graph", new RunOptions { Lab = new LabFolder(folder.Path), KeepConsole = false, SystemEvery = null }))
        {
            run.LogModel(model, input: new Shape(3, 8));
        }

        GraphEvent[] graphs = [.. EventFolder.Read(new LabFolder(folder.Path).Find("@last").Files.EventsPath).OfType<GraphEvent>()];
        IReadOnlyList<GraphNode> written = GraphDefinition.Read(graphs[0].Definition), fused = GraphDefinition.Read(graphs[1].Definition);

        Assert.Equal(["graph/before", "graph/after"], graphs.Select(graph => graph.Tag));
        Assert.Equal(["0.bias", "0.weight", "3.bias", "3.weight", "input"], written.Where(node => node.Operation is "variable" or "input").Select(node => node.Name).Order(StringComparer.Ordinal));
        Assert.All(written, node => Assert.All(node.Inputs, input => Assert.Contains(written, other => other.Name == input)));
        GraphNode[] launches = [.. fused.Where(node => node.Name.StartsWith("launch", StringComparison.Ordinal))];
        Assert.Equal(["launch_0", "launch_1"], launches.Select(launch => launch.Name));
        Assert.Equal(["0.bias", "0.weight", "input"], launches[0].Inputs.Order(StringComparer.Ordinal));
        Assert.Equal(["3.bias", "3.weight", "launch_0"], launches[1].Inputs.Order(StringComparer.Ordinal));
        Assert.Equal("Dot Add Relu", launches[0].Attributes.First(attribute => attribute.Key == "label").Value);
    }

    [Fact]
    public void The_modes_of_a_model_stay_as_they_are()
    {
        Sequential model = Model();
        model.Train();
        model.NamedModules().First(entry => entry.Name == "2").Module.Eval();

        ModelGraph.Of(model, new Shape(3, 8));

        Assert.Equal(["2"], model.NamedModules().Where(entry => !entry.Module.IsTraining).Select(entry => entry.Name));
    }

    static Sequential Model()
    {
        var model = new Sequential(new Linear(8, 4), new ReLU(), new Dropout(0.5), new Linear(4, 2));
        model.Initialize(RandomKey.FromSeed(1));
        return model;
    }
}
