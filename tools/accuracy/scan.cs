#:project ../../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../../src/Ashlar/Ashlar.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property NoWarn=$(NoWarn);RS0030;CA1050

// Measures the elementary functions' errors in units in the last place: float32 over every 2^32 inputs, float64 at the points that tools/vectors/functions.py
// recorded with 60 digits. Run from the repository's root:
//     dotnet run tools/accuracy/scan.cs -c Release -- [step] [name ...] [POINTS.txt] > docs/accuracy.md
// A step above 1 visits only every step-th float32, step 0 none. A file of points takes the place of the recorded ones: functions.py writes as many as one likes.
// The whole scan takes about half an hour on two cores.
//
// float32 results are held against the float64 function, whose own error the second table shows. Every 61st point, and every point at which a new largest
// error is found, is held against a reference that shares no code with it: the platform's Math in float64, but for expm1 and log1p Kahan's quotients on
// Math.Exp and Math.Log, for erf the series of positive terms, for erfc beyond 2 its continued fraction, for erfinv Newton's method on these.
using System.Diagnostics;
using System.Globalization;
using Ashlar;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
uint step = args.Length > 0 ? uint.Parse(args[0]) : 1;
string points = args.FirstOrDefault(argument => argument.EndsWith(".txt", StringComparison.Ordinal)) ?? "tests/Ashlar.Tests/Vectors/functions.txt";
string[] named = [.. args.Skip(1).Where(argument => argument != points)];
string[] wanted = step == 0 ? [] : named.Length > 0 ? named : [.. Functions.All.Keys];
Console.WriteLine($"""
    # Accuracy of the elementary functions

    Written by `dotnet run tools/accuracy/scan.cs -c Release{(step == 1 ? "" : $" -- {step}")} > docs/accuracy.md` on {DateTime.UtcNow:yyyy-MM-dd}. Errors are in units in the last place of the
    exact result; "nearest" is the share of results that are the float nearest to it; "wrong" counts special values (NaN, ±∞, ±0) that are not exact and points where
    the float64 function and its independent reference part.

    ## float32, {(step == 1 ? "all 2³² inputs" : $"every {step}th input")}

    | function | max ulp | at | nearest | wrong |
    |---|---|---|---|---|
    """);
foreach (string name in wanted)
{
    var clock = Stopwatch.StartNew();
    (double worst, float at, long nearest, long special, long wrong, long count) = Scan.Single(name, step);
    Console.WriteLine($"| {name} | {worst:F3} | {at:R} | {(nearest * 100.0 / Math.Max(1, count - special)):F3} % | {wrong} |");
    Console.Error.WriteLine($"{name}: {worst:F3} ulp, {clock.Elapsed.TotalSeconds:F0} s");
}

Console.WriteLine("""

    ## float64

    | function | points | max ulp | at | nearest |
    |---|---|---|---|---|
    """);
foreach (IGrouping<string, string[]> lines in File.ReadLines(points).Select(line => line.Split(' ')).GroupBy(words => words[0]))
{
    if (named.Length > 0 && !named.Contains(lines.Key))
    {
        continue;
    }

    (double worst, string at, int nearest, int count) = Scan.Double(lines.Key, [.. lines]);
    Console.WriteLine($"| {lines.Key} | {count} | {worst:F3} | {at} | {nearest * 100.0 / count:F1} % |");
}

static class Functions
{
    public static readonly SortedDictionary<string, (Func<Tensor, Tensor> Measured, Func<double, double> Reference)> All = new(StringComparer.Ordinal)
    {
        ["exp"] = (x => x.Exp(), Math.Exp),
        ["exp2"] = (x => x.Exp2(), x => Math.Pow(2, x)),
        ["expm1"] = (x => x.Expm1(), Expm1),
        ["log"] = (x => x.Log(), Math.Log),
        ["log2"] = (x => x.Log2(), Math.Log2),
        ["log10"] = (x => x.Log10(), Math.Log10),
        ["log1p"] = (x => x.Log1p(), Log1p),
        ["sin"] = (x => x.Sin(), Math.Sin),
        ["cos"] = (x => x.Cos(), Math.Cos),
        ["tan"] = (x => x.Tan(), Math.Tan),
        ["asin"] = (x => x.Asin(), Math.Asin),
        ["acos"] = (x => x.Acos(), Math.Acos),
        ["atan"] = (x => x.Atan(), Math.Atan),
        ["sinh"] = (x => x.Sinh(), Math.Sinh),
        ["cosh"] = (x => x.Cosh(), Math.Cosh),
        ["tanh"] = (x => x.Tanh(), Math.Tanh),
        ["asinh"] = (x => x.Asinh(), Math.Asinh),
        ["acosh"] = (x => x.Acosh(), Math.Acosh),
        ["atanh"] = (x => x.Atanh(), Math.Atanh),
        ["sigmoid"] = (x => x.Sigmoid(), x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x))),
        ["erf"] = (x => x.Erf(), Erf),
        ["erfc"] = (x => x.Erfc(), Erfc),
        ["erfinv"] = (x => x.ErfInverse(), x => ErfInverse(x)),
        ["cbrt"] = (x => x.Cbrt(), Math.Cbrt),
        ["sqrt"] = (x => x.Sqrt(), Math.Sqrt),
        ["rsqrt"] = (x => x.Rsqrt(), x => 1 / Math.Sqrt(x)),
    };

    static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 || double.IsInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsPositiveInfinity(u) ? x : x * Math.Log(u) / (u - 1);
    }

    static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a > 5)
        {
            return Math.Sign(x);
        }

        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    static double Erfc(double x)
    {
        if (!(x > 2))
        {
            return 1 - Erf(x);
        }

        if (x > 11)
        {
            return 0;
        }

        double fraction = 0;
        for (int n = 160; n > 0; n--)
        {
            fraction = n / 2.0 / (x + fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }

    static double ErfInverse(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 1))
        {
            return a == 1 ? x / 0.0 : double.NaN;
        }

        if (a < 1e-5)
        {
            return x * Math.Sqrt(Math.PI) / 2 * (1 + (Math.PI / 12 * x * x));
        }

        double w = Math.Sqrt(-Math.Log(1 - (a * a)));
        double y = a < 0.7 ? a * 0.886 : w * 0.95;
        for (int i = 0; i < 40; i++)
        {
            double error = y < 0.5 ? Erf(y) - a : 1 - a - Erfc(y);
            double move = error * Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y);
            move /= 1 + (y * move);
            y -= move;
            if (Math.Abs(move) < 1e-14 * y)
            {
                break;
            }
        }

        return Math.CopySign(y, x);
    }
}

static class Scan
{
    const int Chunk = 1 << 21;

    public static (double Worst, float At, long Nearest, long Special, long Wrong, long Count) Single(string name, uint step)
    {
        (Func<Tensor, Tensor> measured, Func<double, double> reference) = Functions.All[name];
        (double Worst, float At, long Nearest, long Special, long Wrong, long Count) total = default;
        Range[] parts = new Range[Environment.ProcessorCount];
        var results = new (double Worst, float At, long Nearest, long Special, long Wrong)[parts.Length];
        for (ulong start = 0; start <= uint.MaxValue;)
        {
            int count = (int)Math.Min(Chunk, (((1UL << 32) - start) + step - 1) / step);
            float[] points = new float[count];
            for (int i = 0; i < count; i++)
            {
                points[i] = BitConverter.UInt32BitsToSingle((uint)(start + ((ulong)i * step)));
            }

            Tensor x = Tensor.From(points, count);
            float[] found = measured(x).ToArray<float>();
            double[] wide = measured(x.To(DType.Float64)).ToArray<double>();
            var threads = new Thread[parts.Length];
            for (int part = 0; part < parts.Length; part++)
            {
                int p = part;
                threads[p] = new Thread(() => results[p] = Compare(points, found, wide, reference, p * (long)count / parts.Length, (p + 1) * (long)count / parts.Length));
                threads[p].Start();
            }

            for (int part = 0; part < parts.Length; part++)
            {
                threads[part].Join();
                (double worst, float at, long nearest, long special, long wrong) = results[part];
                if (worst > total.Worst)
                {
                    (total.Worst, total.At) = (worst, at);
                }

                total = total with { Nearest = total.Nearest + nearest, Special = total.Special + special, Wrong = total.Wrong + wrong };
            }

            total.Count += count;
            start += (ulong)count * step;
        }

        return total;
    }

    static (double Worst, float At, long Nearest, long Special, long Wrong) Compare(
        float[] points, float[] found, double[] wide, Func<double, double> reference, long from, long to)
    {
        (double worst, float at, long nearest, long special, long wrong) = (0.0, 0f, 0L, 0L, 0L);
        for (long i = from; i < to; i++)
        {
            double exact = wide[i];
            float value = found[i];
            if (i % 61 == 0)
            {
                double independent = reference(points[i]);
                wrong += Agree(exact, independent) ? 0 : 1;
                exact = independent;
            }

            float rounded = (float)exact;
            if (!float.IsFinite(rounded) || rounded == 0 || !float.IsFinite(value))
            {
                special++;
                bool overflow = double.IsFinite(exact) && Math.Abs(exact) > float.MaxValue && Math.Abs(value) == float.MaxValue;
                bool vanish = exact != 0 && rounded == 0 && Math.Abs(value) == float.Epsilon;
                bool equal = BitConverter.SingleToInt32Bits(value) == BitConverter.SingleToInt32Bits(rounded) || (float.IsNaN(value) && float.IsNaN(rounded));
                wrong += equal || overflow || vanish ? 0 : 1;
                continue;
            }

            nearest += value == rounded ? 1 : 0;
            float size = MathF.Abs(rounded);
            double ulp = size < 1.17549435e-38f ? float.Epsilon : BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(size) & 0x7F80_0000)) * 1.1920928955078125e-7;
            double error = Math.Abs(value - exact) / ulp;
            if (error > worst)
            {
                error = Math.Abs(value - reference(points[i])) / ulp;
                (worst, at) = error > worst ? (error, points[i]) : (worst, at);
            }
        }

        return (worst, at, nearest, special, wrong);
    }

    // The references err by some units of float64; the nearest float32 tells enough where their series lose digits.
    static bool Agree(double a, double b) =>
        a.Equals(b) || (float)a == (float)b || Math.Abs(a - b) <= Math.Abs(b) * 1e-12 || (double.IsNaN(a) && double.IsNaN(b));

    public static (double Worst, string At, int Nearest, int Count) Double(string name, string[][] lines)
    {
        Tensor x = Column(1), y = Column(2);
        double[] nearest = Column(3).ToArray<double>(), missing = Column(4).ToArray<double>();
        double[] found = (name switch
        {
            "pow" => x.Pow(y),
            "atan2" => Tensor.Atan2(x, y),
            "hypot" => Tensor.Hypot(x, y),
            "lgamma" => x.Lgamma(),
            "digamma" => x.Digamma(),
            "trigamma" => x.Polygamma(1),
            "polygamma4" => x.Polygamma(4),
            "i0e" => x.BesselI0e(),
            "i1e" => x.BesselI1e(),
            "i0" => x.BesselI0(),
            "i1" => x.BesselI1(),
            "log_ndtr" => x.LogNdtr(),
            "ndtri" => x.Ndtri(),
            _ => Functions.All[name].Measured(x),
        }).ToArray<double>();
        (double worst, int at, int right) = (0.0, 0, 0);
        for (int i = 0; i < found.Length; i++)
        {
            double size = Math.Abs(nearest[i]);
            double error = Math.Abs(found[i] - nearest[i] - missing[i]) / (Math.BitIncrement(size) - size);
            right += found[i] == nearest[i] ? 1 : 0;
            if (!(error <= worst))
            {
                (worst, at) = (error, i);
            }
        }

        return (worst, $"{x.ToArray<double>()[at]:R}" + (name is "pow" or "atan2" or "hypot" ? $", {y.ToArray<double>()[at]:R}" : ""), right, found.Length);

        Tensor Column(int column) =>
            Tensor.From(lines.Select(words => BitConverter.UInt64BitsToDouble(ulong.Parse(words[column], NumberStyles.HexNumber))).ToArray(), lines.Length);
    }
}
