using System.Globalization;
using System.Text.Json;
using Ashlar.Functions;

namespace Ashlar.Lab.Sweeps;

/// <summary>What a sweep tries for one setting. A place u in [0, 1) stands for a value: searching goes over places, whatever the setting's range, scale and steps.</summary>
public sealed class SweepParameter
{
    // Enough for any setting, few enough that a number can be read and typed.
    const string Digits = "G6";

    readonly JsonElement[]? _values;
    readonly double _low;
    readonly double _high;
    readonly bool _isLog;
    readonly double _step;

    SweepParameter(string name, JsonElement[]? values, double low, double high, bool isLog, double step, int? count)
    {
        (Name, _values, _low, _high, _isLog, _step, Count) = (name, values, low, high, isLog, step, count);
    }

    /// <summary>The setting's name, nested ones with dots.</summary>
    public string Name { get; }

    /// <summary>How many values there are; null for a continuous range.</summary>
    public int? Count { get; }

    /// <summary>Whether the values have no order: a choice.</summary>
    public bool IsChoice => _values is not null;

    /// <summary>A choice among values.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="values">One at least.</param>
    public static SweepParameter Choice(string name, params JsonElement[] values) => new(name, values, 0, 0, false, 0, values.Length);

    /// <summary>All numbers of a range.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The greatest, above the least.</param>
    /// <param name="isLog">Whether equal ratios are equally likely, in place of equal differences; then the least is above 0.</param>
    public static SweepParameter Range(string name, double minimum, double maximum, bool isLog = false) =>
        new(name, null, isLog ? ElementaryFunctions.Log(minimum) : minimum, isLog ? ElementaryFunctions.Log(maximum) : maximum, isLog, 0, null);

    /// <summary>Numbers of a range at equal distances.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="minimum">The first.</param>
    /// <param name="maximum">None is above it.</param>
    /// <param name="step">From one to the next, above 0; 1 for whole numbers.</param>
    /// <param name="isLog">Whether equal ratios are equally likely; then the first is above 0.</param>
    public static SweepParameter Steps(string name, double minimum, double maximum, double step = 1, bool isLog = false)
    {
        // A step that does not divide the range exactly because 0.1 is no binary number still reaches its end.
        int count = (int)Math.Floor(((maximum - minimum) / step) + 1e-9) + 1;
        return new(name, null, minimum, maximum, isLog, step, count);
    }

    /// <summary>Numbers of a range at equal distances or ratios, both ends among them.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="minimum">The first.</param>
    /// <param name="maximum">The last.</param>
    /// <param name="points">How many, two at least.</param>
    /// <param name="isLog">Whether at equal ratios.</param>
    public static SweepParameter Points(string name, double minimum, double maximum, int points, bool isLog = false)
    {
        SweepParameter range = Range(name, minimum, maximum, isLog);
        var values = new JsonElement[points];
        for (int i = 0; i < points; i++)
        {
            double share = (double)i / (points - 1);
            values[i] = Number(i == 0 ? minimum : i == points - 1 ? maximum : range.FromScale(range._low + (share * (range._high - range._low))));
        }

        return new(name, values, 0, 0, false, 0, points);
    }

    /// <summary>The value at a place.</summary>
    /// <param name="place">In [0, 1).</param>
    public JsonElement At(double place) => Count is { } count
        ? Level(LevelAt(place, count))
        : Number(FromScale(_low + (place * (_high - _low))));

    /// <summary>The value of a level.</summary>
    /// <param name="level">From 0 to <see cref="Count"/> - 1.</param>
    public JsonElement Level(int level) => _values is not null ? _values[level] : Number(_low + (level * _step));

    /// <summary>The place of the middle of a level; the place itself for a continuous range.</summary>
    internal double Centre(double place)
    {
        if (Count is not { } count)
        {
            return place;
        }

        int level = LevelAt(place, count);
        return _isLog ? (Edge(level) + Edge(level + 1)) / 2 : (level + 0.5) / count;
    }

    internal int LevelAt(double place, int count)
    {
        if (!_isLog || _values is not null)
        {
            return Math.Min((int)(place * count), count - 1);
        }

        int level = 0;
        for (int high = count; high - level > 1;)
        {
            int middle = (level + high) / 2;
            (level, high) = Edge(middle) <= place ? (middle, high) : (level, middle);
        }

        return level;
    }

    // On a logarithmic scale a level takes the room from half a step below it to half a step above.
    double Edge(int level)
    {
        double first = ElementaryFunctions.Log(_low - (Math.Min(_step, _low) / 2));
        double last = ElementaryFunctions.Log(_low + ((Count!.Value - 0.5) * _step));
        return level == 0 ? 0 : level == Count ? 1 : (ElementaryFunctions.Log(_low + ((level - 0.5) * _step)) - first) / (last - first);
    }

    double FromScale(double x) => _isLog ? ElementaryFunctions.Exp(x) : x;

    static JsonElement Number(double value)
    {
        string text = double.IsInteger(value) && Math.Abs(value) < 1e15
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : double.Parse(value.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return JsonElement.Parse(text);
    }
}
