using System.Globalization;
using System.Text.Json;
using Ashlar.Lab.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ashlar.Cli.Programs;

/// <summary>Reads settings that people keep in files. The lab knows JSON only; YAML becomes JSON here.</summary>
static class SettingsFile
{
    const int Deepest = 32;

    /// <param name="path">Ends in <c>.json</c>, <c>.yaml</c> or <c>.yml</c>.</param>
    /// <exception cref="UsageException">The file is absent, of another kind, or no YAML.</exception>
    /// <exception cref="ConfigurationException">It is no object of settings.</exception>
    public static ConfigFile Read(string path) => ConfigFile.FromJson(Json("run", path), path);

    /// <summary>The file as JSON, which of one that is JSON already is not checked.</summary>
    /// <param name="command">Who asks, for messages.</param>
    /// <param name="path">Ends in <c>.json</c>, <c>.yaml</c> or <c>.yml</c>.</param>
    /// <exception cref="UsageException">The file is absent, of another kind, or no YAML.</exception>
    public static string Json(string command, string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"{command}: there is no file {path}. Name a JSON or YAML file{(command == "run" ? " with --config" : "")}.");
        }

        string text = File.ReadAllText(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => text,
            ".yaml" or ".yml" => FromYaml(command, text, path),
            var other => throw new UsageException($"{command}: {path} ends in '{other}'. {(command == "run" ? "Settings" : "Descriptions")} are .json, .yaml or .yml."),
        };
    }

    static string FromYaml(string command, string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? "{}" : JsonLine.Of(json => Write(json, stream.Documents[0].RootNode, 0));
        }
        catch (YamlException e)
        {
            throw new UsageException($"{command}: {path} is no YAML: line {e.Start.Line.ToString(CultureInfo.InvariantCulture)}: {e.Message.TrimEnd('.')}. Mend the line.");
        }
    }

    static void Write(Utf8JsonWriter json, YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            throw new YamlException("it is nested too deeply, or within itself");
        }

        switch (node)
        {
            case YamlMappingNode map:
                json.WriteStartObject();
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    json.WritePropertyName(key.ToString());
                    Write(json, value, depth + 1);
                }

                json.WriteEndObject();
                break;
            case YamlSequenceNode list:
                json.WriteStartArray();
                foreach (YamlNode item in list.Children)
                {
                    Write(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            default:
                WriteScalar(json, (YamlScalarNode)node);
                break;
        }
    }

    // The core schema of YAML 1.2: only what is not quoted can be anything but a text.
    static void WriteScalar(Utf8JsonWriter json, YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            json.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            json.WriteNullValue();
        }
        else if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            json.WriteBooleanValue(text[0] is 't' or 'T');
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            json.WriteNumberValue(whole);
        }
        else if (text.Any(char.IsAsciiDigit) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
