using System.Text.RegularExpressions;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Builds a module from the code that it prints (<see cref="Module.ToString"/>): the layers of Ashlar with numbers, nothing else.</summary>
/// <remarks>The text may come from anywhere; extents and the number of layers are limited, so that building it takes little.</remarks>
sealed class ArchitectureReader
{
    const int MaxLayers = 256;

    static readonly Regex Token = new(@"[\w.]+(?:(?<=\dE)[-+]\d+)?|[^\s\w]", RegexOptions.CultureInvariant);

    readonly string _file;
    readonly string[] _tokens;
    int _at;
    int _layers;

    ArchitectureReader(string text, string file)
    {
        _file = file;
        _tokens = [.. Token.Matches(text).Select(match => match.Value)];
    }

    /// <param name="text">For example <c>new Sequential(new Conv2d(1, 32, 3, padding: 1), new ReLU())</c>.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The text says something else, or a layer refuses its numbers.</exception>
    public static Module Read(string text, string file)
    {
        var reader = new ArchitectureReader(text, file);
        try
        {
            Module module = reader.Layer();
            return reader._at == reader._tokens.Length ? module : throw reader.Unexpected("the end");
        }
        catch (Exception e) when (e is ArgumentException or ShapeException)
        {
            throw new ParseException(file, -1, $"an architecture that cannot be built: {e.Message}", "layers that can", "Take a file as `ashlar train` wrote it.", e);
        }
    }

    Module Layer()
    {
        Take("new");
        if (++_layers > MaxLayers)
        {
            throw new ParseException(_file, -1, $"more than {MaxLayers} layers", $"at most {MaxLayers}", "Take a file as `ashlar train` wrote it.");
        }

        string kind = Next("the name of a layer");
        Take("(");
        return kind == "Sequential" ? Sequence() : Build(kind, Arguments(kind));
    }

    Sequential Sequence()
    {
        List<Module> layers = [];
        while (!TakeIf(")"))
        {
            if (layers.Count > 0)
            {
                Take(",");
            }

            layers.Add(Layer());
        }

        return new Sequential([.. layers]);
    }

    LayerArguments Arguments(string kind)
    {
        var arguments = new LayerArguments(kind, _file);
        while (!TakeIf(")"))
        {
            if (arguments.Count > 0)
            {
                Take(",");
            }

            string first = Value("an argument");
            string? name = TakeIf(":") ? first : null;
            string value = name is null ? first : Value("a value");
            arguments.Add(name, value == "(" ? Couple() : [value]);
        }

        return arguments;
    }

    // A sign is a token of its own.
    string Value(string expected) => TakeIf("-") ? "-" + Next(expected) : Next(expected);

    string[] Couple()
    {
        string rows = Next("a number");
        Take(",");
        string columns = Next("a number");
        Take(")");
        return [rows, columns];
    }

    Module Build(string kind, LayerArguments arguments)
    {
        Module module = kind switch
        {
            "Conv2d" => new Conv2d(arguments.Extent(), arguments.Extent(), arguments.Pair(), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Pair("dilation"), arguments.Whole("groups", 1), arguments.Flag("bias", true), arguments.Choice("paddingMode", PadMode.Constant)),
            "Linear" => new Linear(arguments.Extent(), arguments.Extent(), arguments.Flag("bias", true)),
            "LayerNorm" => new LayerNorm(arguments.Extent(), arguments.Number("epsilon", 1e-5), arguments.Flag("affine", true), arguments.Flag("bias", true)),
            "BatchNorm1d" => new BatchNorm1d(arguments.Extent(), arguments.Number("epsilon", 1e-5), arguments.Number("momentum", 0.1)),
            "BatchNorm2d" => new BatchNorm2d(arguments.Extent(), arguments.Number("epsilon", 1e-5), arguments.Number("momentum", 0.1)),
            "MaxPool2d" => new MaxPool2d(arguments.Pair(), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Pair("dilation"), arguments.Flag("ceilMode", false)),
            "AvgPool2d" => new AvgPool2d(arguments.Pair(), arguments.Pair("stride"), arguments.Pair("padding"), arguments.Flag("ceilMode", false), arguments.Flag("countIncludePad", true), arguments.Whole("divisor")),
            "AdaptiveAvgPool2d" => new AdaptiveAvgPool2d(arguments.Pair()),
            "AdaptiveMaxPool2d" => new AdaptiveMaxPool2d(arguments.Pair()),
            "GlobalAvgPool" => new GlobalAvgPool(arguments.Flag("keepAxes", false)),
            "GlobalMaxPool" => new GlobalMaxPool(arguments.Flag("keepAxes", false)),
            "Dropout" => new Dropout(arguments.Number()),
            "Flatten" => new Flatten(),
            "ReLU" => new ReLU(),
            "GELU" => new GELU(arguments.Flag("tanh", false)),
            "Identity" => new Identity(),
            "LeakyReLU" => new LeakyReLU(arguments.Number()),
            "LogSoftmax" => new LogSoftmax((int)arguments.Number()),
            "Mish" => new Mish(),
            "ReLU6" => new ReLU6(),
            "Sigmoid" => new Sigmoid(),
            "SiLU" => new SiLU(),
            "Softmax" => new Softmax((int)arguments.Number()),
            "Tanh" => new Tanh(),
            _ => throw new ParseException(_file, -1, $"the layer '{kind}'", "a layer of Ashlar", "Use the version of Ashlar that wrote the file."),
        };
        arguments.End();
        return module;
    }

    void Take(string token)
    {
        if (!TakeIf(token))
        {
            throw Unexpected($"'{token}'");
        }
    }

    bool TakeIf(string token)
    {
        bool found = _at < _tokens.Length && _tokens[_at] == token;
        _at += found ? 1 : 0;
        return found;
    }

    string Next(string expected) => _at < _tokens.Length ? _tokens[_at++] : throw Unexpected(expected);

    ParseException Unexpected(string expected)
        => new(_file, -1, _at < _tokens.Length ? $"'{_tokens[_at]}' in the architecture" : "the end of the architecture", expected, "Take a file as `ashlar train` wrote it.");
}
