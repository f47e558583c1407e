using System.Globalization;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>What the symbolic axes of a model's inputs are in one run.</summary>
sealed class SymbolicExtents
{
    readonly SortedDictionary<string, (int Extent, string Input)> _extents = new(StringComparer.Ordinal);

    /// <param name="ports">Name the axes.</param>
    /// <param name="inputs">The run's.</param>
    public static SymbolicExtents Of(IReadOnlyList<OnnxPort> ports, IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        var symbols = new SymbolicExtents();
        foreach (OnnxPort port in ports)
        {
            if (port.Axes is { } axes && inputs.GetValueOrDefault(port.Name) is OnnxTensor { Tensor: var tensor } && tensor.Rank == axes.Count)
            {
                for (int axis = 0; axis < axes.Count; axis++)
                {
                    if (axes[axis] != "?" && !int.TryParse(axes[axis], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    {
                        symbols._extents.TryAdd(axes[axis], (tensor.Shape[axis], port.Name));
                    }
                }
            }
        }

        return symbols;
    }

    /// <summary>The axes that stand in some types, in words, and the types themselves where an axis stands in them as a part of an extent; empty where none does.</summary>
    /// <param name="types">Such as float32[batch, 2·time].</param>
    public string Of(IReadOnlyList<string> types)
    {
        string[] axes = [.. types.SelectMany(type => type.Contains('[', StringComparison.Ordinal) ? type[(type.IndexOf('[', StringComparison.Ordinal) + 1)..^1].Split(", ") : [])];
        (string Key, string Words)[] told = [.. _extents.Where(symbol => axes.Any(axis => SymbolicShape.Holds(axis, symbol.Key))).Select(symbol => (symbol.Key, Words(symbol)))];
        bool isPlain = axes.All(axis => told.Any(symbol => symbol.Key == axis) || !told.Any(symbol => SymbolicShape.Holds(axis, symbol.Key)));
        return $"{string.Join(", ", told.Select(symbol => symbol.Words))}{(isPlain ? "" : $"; the node reads {string.Join(" and ", types.Where(type => type.Length > 0))}")}";
    }

    static string Words(KeyValuePair<string, (int Extent, string Input)> symbol) => string.Create(CultureInfo.InvariantCulture, $"axis '{symbol.Key}' of '{symbol.Value.Input}' is {symbol.Value.Extent}");

    /// <summary>The axes whose extents the node saw that failed, in words; empty where there are none.</summary>
    public string Seen(OnnxException failure) => string.Join(", ", _extents.Where(symbol => failure.Seen.Any(shape => shape.Contains(symbol.Value.Extent)))
        .Select(Words));
}
