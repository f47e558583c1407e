using System.Globalization;

namespace Ashlar;

/// <summary>The shortest decimal digits that read back as a floating number: 0.d₁d₂… · 10^Point.</summary>
readonly record struct ShortestDigits(bool Negative, string Digits, int Point)
{
    /// <summary>The most digits after the point that a number is printed with.</summary>
    public const int Precision = 8;

    /// <param name="shortest">Invariant shortest round-trip text of a finite number.</param>
    public static ShortestDigits Parse(string shortest)
    {
        bool negative = shortest[0] == '-';
        string text = negative ? shortest[1..] : shortest;
        int mark = text.IndexOf('E');
        int exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        string mantissa = mark < 0 ? text : text[..mark];
        int dot = mantissa.IndexOf('.');
        int whole = dot < 0 ? mantissa.Length : dot;
        string digits = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        string leading = digits.TrimStart('0');
        int point = whole + exponent - (digits.Length - leading.Length);
        string significant = leading.TrimEnd('0');
        return significant.Length == 0 ? new(negative, "0", 1) : new(negative, significant, point);
    }

    /// <summary>Digits before the point, at least one.</summary>
    public string Whole => Point <= 0 ? "0" : Digits.Length >= Point ? Digits[..Point] : Digits.PadRight(Point, '0');

    /// <summary>Digits after the point, without trailing zeros.</summary>
    public string Fraction => Point <= 0 ? (Digits == "0" ? "" : new string('0', -Point) + Digits) : Digits.Length > Point ? Digits[Point..] : "";
}
