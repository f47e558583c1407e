using System.Collections.Immutable;
using System.Globalization;
using Ashlar.Lab.Configuration;

namespace Ashlar.Lab.Tests.Configuration;

public sealed class ConfigReaderTests
{
    [Theory]
    [InlineData("LearningRate=0.5")]
    [InlineData("learningRate=0.5")]
    [InlineData("learning-rate=0.5")]
    [InlineData("LEARNING_RATE=5e-1")]
    [InlineData("learningrate=\"0.5\"")]
    public void A_property_is_set_by_its_name_in_any_casing(string argument) => Assert.Equal(0.5, Read(argument).LearningRate);

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        Settings settings = Read(
            "Epochs=1e3", "Name=007", "Shuffle=True", "Activation=leaky-relu", "Sizes=[1,2]", "Names=a, b", "Limit=90s", "Clip=null", "Share=0.25", "Letter=x",
            "Model.Width=64", "Model.Inner.Depth=3", "Weights.first=1", "Weights.second=2.5", "Layers=[{\"width\":1},{\"width\":2}]", "Fixed=3,4", "Big=18446744073709551615", "Chosen=gelu");

        Assert.Equal((1000, "007", true, Activation.LeakyRelu), (settings.Epochs, settings.Name, settings.Shuffle, settings.Activation));
        Assert.Equal([1, 2], settings.Sizes);
        Assert.Equal(["a", "b"], settings.Names);
        Assert.Equal((TimeSpan.FromSeconds(90), (double?)null, 0.25f, 'x'), (settings.Limit, settings.Clip, settings.Share, settings.Letter));
        Assert.Equal((64, 3), (settings.Model.Width, settings.Model.Inner!.Depth));
        Assert.Equal([("first", 1.0), ("second", 2.5)], settings.Weights.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([1, 2], settings.Layers.Select(layer => layer.Width));
        Assert.Equal([3, 4], settings.Fixed);
        Assert.Equal((ulong.MaxValue, Activation.Gelu), (settings.Big, settings.Chosen));
    }

    [Theory]
    [InlineData("00:10:00", 600)]
    [InlineData("1.5h", 5400)]
    [InlineData("250ms", 0.25)]
    [InlineData("2d", 172800)]
    public void A_time_has_a_unit(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read($"Limit={text}").Limit);

    [Fact]
    public void Numbers_have_a_point_whatever_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Resolved<Settings> resolved = ConfigReader.Read<Settings>(ConfigFile.FromArguments(["learningRate=0.5"]));

            Assert.Equal((0.5, "0.5"), (resolved.Value.LearningRate, resolved.File.Values["learningRate"].Value.GetRawText()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("lerning-rate=1", "unknown key 'lerning-rate' (command line). Did you mean 'learningRate'?")]
    [InlineData("model.with=1", "unknown key 'model.with' (command line). Did you mean 'model.width'?")]
    [InlineData("epochs=three", "'epochs' is 'three' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("epochs=1.5", "'epochs' is '1.5' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("epochs=3000000000", "'epochs' is '3000000000' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("epochs=null", "'epochs' is 'null' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("clip=much", "'clip' is 'much' (command line); a number (double) such as 0.001, or null, is wanted.")]
    [InlineData("learningRate=1e999", "'learningRate' is '1e999' (command line); a number (double) such as 0.001 is wanted.")]
    [InlineData("shuffle=1", "'shuffle' is '1' (command line); true or false is wanted.")]
    [InlineData("activation=3", "'activation' is '3' (command line); one of relu, leakyRelu, gelu is wanted.")]
    [InlineData("limit=10", "'limit' is '10' (command line); a time such as 00:10:00, 90s, 1.5h is wanted.")]
    [InlineData("sizes=[1,x]", "'sizes[0]' is '[1' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("sizes=[1,null]", "'sizes[1]' is 'null' (command line); an integer (int) such as 3 is wanted.")]
    [InlineData("model=3", "'model' is a number (command line) and has settings of its own: model.width, model.inner.depth.")]
    [InlineData("weights=3", "'weights' is a number (command line); names and values are wanted, such as weights.key=value.")]
    [InlineData("epochs.x=3", "'epochs' has no settings of its own; an integer (int) such as 3 is wanted.")]
    [InlineData("checked=-1", "'checked' is refused: checked is -1. Give 0 or more.")]
    [InlineData("onlyRead=1", "unknown key 'onlyRead' (command line).")]
    [InlineData("layers=[{\"wdth\":1}]", "in 'layers[0]': unknown key 'wdth' (command line). Did you mean 'width'?")]
    public void What_is_wrong_is_said_with_key_text_and_type(string argument, string message)
        => Assert.Contains(message, Assert.Throws<ConfigurationException>(() => Read(argument)).Message, StringComparison.Ordinal);

    [Fact]
    public void All_faults_are_listed_at_once()
        => Assert.Equal(
            "configuration: 2 faults:\n  'epochs' is 'x' (command line); an integer (int) such as 3 is wanted.\n  unknown key 'epoch' (command line). Did you mean 'epochs'?",
            Assert.Throws<ConfigurationException>(() => Read("epochs=x", "epoch=3")).Message);

    [Fact]
    public void The_resolved_configuration_has_every_value_with_its_source()
    {
        ConfigFile given = ConfigFile.FromJson("""{ "learning_rate": 0.1, "model": { "width": 8 }, /* why */ "epochs": 2, }""", "a.json").With(ConfigFile.FromArguments(["Epochs=5", "weights.a=1"]));

        ConfigFile resolved = ConfigReader.Read<Settings>(given).File;

        Assert.Equal(("0.1", "file"), Of("learningRate"));
        Assert.Equal(("8", "file"), Of("model.width"));
        Assert.Equal(("5", "command line"), Of("epochs"));
        Assert.Equal(("1", "command line"), Of("weights.a"));
        Assert.Equal(("\"relu\"", "default"), Of("activation"));
        Assert.Equal(("null", "default"), Of("clip"));
        Assert.Equal(("null", "default"), Of("model.inner"));
        Assert.Equal(("\"00:01:00\"", "default"), Of("limit"));
        Assert.Equal(("\"NaN\"", "default"), Of("share"));
        Assert.Equal(("[3,1]", "default"), Of("sizes"));
        Assert.DoesNotContain("onlyRead", resolved.Values.Keys);

        (string, string) Of(string name) => (resolved.Values[name].Value.GetRawText(), resolved.Values[name].Source);
    }

    [Fact]
    public void A_resolved_configuration_read_again_gives_itself()
    {
        ConfigFile resolved = ConfigReader.Read<Settings>(ConfigFile.FromArguments(["model.inner.depth=4", "weights.a=1", "names=x,y", "layers=[{}]", "clip=0.1"])).File;

        ConfigFile again = ConfigReader.Read<Settings>(ConfigFile.FromJson(resolved.ToJson(), "config.json")).File;

        Assert.Equal(resolved.Values.Select(pair => (pair.Key, pair.Value.Value.GetRawText())), again.Values.Select(pair => (pair.Key, pair.Value.Value.GetRawText())));
    }

    [Fact]
    public void A_shared_default_stays_as_it_is()
    {
        Settings settings = Read("model.width=77");

        Assert.Equal(77, settings.Model.Width);
        Assert.Equal(16, new Settings().Model.Width);
    }

    [Fact]
    public void A_section_looks_at_its_own_names_only()
    {
        Resolved<Model> model = ConfigReader.Read<Model>(ConfigFile.FromArguments(["model.width=3", "other=1"]), "model");

        Assert.Equal(3, model.Value.Width);
        Assert.Equal(["model.width", "model.inner"], model.File.Values.Keys);
    }

    [Theory]
    [InlineData("[1]", "configuration: f holds an array; an object of names and values is wanted, such as {\"lr\": 0.001}.")]
    [InlineData("{\"a\":1,\"A\":2}", "configuration: f gives 'A' twice, also as 'a'. Remove one.")]
    public void A_file_that_gives_no_settings_is_refused(string json, string message)
        => Assert.Equal(message, Assert.Throws<ConfigurationException>(() => ConfigFile.FromJson(json, "f")).Message);

    [Fact]
    public void A_file_that_is_no_JSON_is_refused_with_the_place()
        => Assert.StartsWith("configuration: f is no JSON: ", Assert.Throws<ConfigurationException>(() => ConfigFile.FromJson("{\"a\": x}", "f")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_argument_without_a_value_is_refused()
        => Assert.Equal("configuration: 'lr' is no setting. Write key=value, such as lr=0.001.", Assert.Throws<ConfigurationException>(() => ConfigFile.FromArguments(["lr"])).Message);

    static Settings Read(params string[] arguments) => ConfigReader.Read<Settings>(ConfigFile.FromArguments(arguments)).Value;

    enum Activation
    {
        Relu,
        LeakyRelu,
        Gelu,
    }

    sealed record Inner
    {
        public int Depth { get; init; } = 1;
    }

    sealed record Model
    {
        public static Model Shared { get; } = new();

        public int Width { get; init; } = 16;

        public Inner? Inner { get; init; }
    }

    sealed record Layer(int Width = 1);

    sealed record Settings
    {
        public double LearningRate { get; init; } = 0.001;

        public int Epochs { get; init; } = 3;

        public string Name { get; init; } = "none";

        public bool Shuffle { get; init; }

        public Activation Activation { get; init; }

        public Activation? Chosen { get; init; }

        public int[] Sizes { get; init; } = [3, 1];

        public IReadOnlyList<string> Names { get; init; } = [];

        public ImmutableArray<int> Fixed { get; init; } = [];

        public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

        public double? Clip { get; init; }

        public float Share { get; init; } = float.NaN;

        public char Letter { get; init; } = 'a';

        public ulong Big { get; init; }

        public Model Model { get; init; } = Model.Shared;

        public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

        public List<Layer> Layers { get; init; } = [];

        public int Checked
        {
            get;
            init => field = value >= 0 ? value : throw new ArgumentException($"checked is {value}. Give 0 or more.");
        }

        public int OnlyRead => Epochs;

        public Func<int>? Unsupported { get; init; }
    }
}
