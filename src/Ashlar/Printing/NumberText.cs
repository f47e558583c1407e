using System.Globalization;

namespace Ashlar;

/// <summary>Texts of numbers that stand in columns, as NumPy writes them: one notation and one width for all.</summary>
static class NumberText
{
    /// <param name="values">The numbers.</param>
    /// <param name="shortest">For each its shortest round-trip text.</param>
    /// <param name="precision">The most digits after the point.</param>
    /// <param name="type">Dtype of the numbers, in which NumPy forms their ratio.</param>
    public static string[] Floats(double[] values, Func<int, string> shortest, int precision, DType type)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double[] sizes = [.. finite.Select(Math.Abs).Where(size => size != 0)];
        bool scientific = sizes.Length > 0 && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || Ratio(sizes.Max(), sizes.Min(), type) > 1000);
        int digits = scientific ? FractionDigits(values, shortest, precision) : 0;
        var texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = double.IsNaN(values[i]) ? "nan"
                : double.IsInfinity(values[i]) ? (values[i] > 0 ? "inf" : "-inf")
                : scientific ? Scientific(values[i], shortest(i), digits) : Positional(values[i], shortest(i), precision);
        }

        if (scientific)
        {
            AlignExponents(texts);
        }
        else
        {
            AlignFractions(texts);
        }

        return RightAligned(texts);
    }

    /// <summary>Numbers of two parts: 1.+2.j.</summary>
    /// <param name="real">Texts of the real parts, of one width.</param>
    /// <param name="imag">Texts of the imaginary parts without their signs, of one width.</param>
    /// <param name="negative">Their signs.</param>
    public static string[] Complex(string[] real, string[] imag, bool[] negative)
    {
        var texts = new string[real.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            string begun = imag[i].TrimStart();
            string whole = begun.TrimEnd();
            string sign = new string(' ', imag[i].Length - begun.Length) + (negative[i] ? '-' : '+');
            texts[i] = real[i] + sign + whole + 'j' + new string(' ', begun.Length - whole.Length);
        }

        return texts;
    }

    /// <summary>Texts padded on the left to one width.</summary>
    public static string[] RightAligned(string[] texts)
    {
        int width = texts.Length == 0 ? 0 : texts.Max(text => text.Length);
        return [.. texts.Select(text => text.PadLeft(width))];
    }

    static string Positional(double value, string shortest, int precision)
    {
        ShortestDigits digits = ShortestDigits.Parse(shortest);
        if (digits.Fraction.Length > precision)
        {
            // More digits than wanted: round the number itself, not its shortest digits.
            digits = ShortestDigits.Parse(value.ToString("F" + precision, CultureInfo.InvariantCulture));
        }

        return Sign(value) + digits.Whole + "." + digits.Fraction;
    }

    // The longest of the shortest, at most as many as wanted.
    static int FractionDigits(double[] values, Func<int, string> shortest, int precision) =>
        Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i])).Max(i => Math.Min(precision, ShortestDigits.Parse(shortest(i)).Digits.Length - 1));

    static string Scientific(double value, string shortest, int fraction)
    {
        ShortestDigits digits = ShortestDigits.Parse(shortest);
        if (digits.Digits.Length - 1 != fraction)
        {
            // Fewer or more digits than the column has: those of the number itself, not of its shortest text.
            digits = ShortestDigits.Parse(value.ToString("E" + fraction, CultureInfo.InvariantCulture));
        }

        int exponent = value == 0 ? 0 : digits.Point - 1;
        string size = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
        return $"{Sign(value)}{digits.Digits[0]}.{digits.Digits[1..].PadRight(fraction, '0')}e{(exponent < 0 ? '-' : '+')}{size}";
    }

    static double Ratio(double largest, double smallest, DType type) => type switch
    {
        DType.Float64 => largest / smallest,
        DType.Float16 => (double)(Half)(largest / smallest),
        _ => (float)largest / (float)smallest,
    };

    static void AlignExponents(string[] texts)
    {
        int longest = texts.Where(text => text.Contains('e')).Max(text => text.Length - text.IndexOf('e') - 2);
        for (int i = 0; i < texts.Length; i++)
        {
            int mark = texts[i].IndexOf('e');
            if (mark >= 0)
            {
                texts[i] = texts[i].Insert(mark + 2, new string('0', longest - (texts[i].Length - mark - 2)));
            }
        }
    }

    // Fractions end in one column, filled with blanks.
    static void AlignFractions(string[] texts)
    {
        int longest = texts.Where(text => text.Contains('.')).Select(text => text.Length - text.IndexOf('.')).DefaultIfEmpty(0).Max();
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = texts[i].Contains('.') ? texts[i].PadRight(texts[i].IndexOf('.') + longest) : texts[i];
        }
    }

    static string Sign(double value) => double.IsNegative(value) ? "-" : "";
}
