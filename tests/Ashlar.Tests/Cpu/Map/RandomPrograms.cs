using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

/// <summary>Well-typed programs of mixed types drawn from a seed.</summary>
static class RandomPrograms
{
    public static ScalarProgram Draw(ulong seed, DType[] types)
    {
        ulong state = seed;
        int Below(int n) => (int)(MapTrial.Next(ref state) % (ulong)n);
        var builder = new ScalarBuilder();
        var values = new List<Scalar>();
        foreach (DType type in types)
        {
            values.Add(builder.Input(type));
            values.Add(builder.ConstantBits(type, MapTrial.Special(type)[Below(MapTrial.Special(type).Length)]));
        }

        values.Add(builder.Input(types[Below(types.Length)]));
        int steps = 5 + Below(26);
        for (int i = 0; i < steps; i++)
        {
            Scalar a = values[Below(values.Count)];
            Scalar[] same = [.. values.Where(v => v.Type == a.Type)];
            Scalar b = same[Below(same.Length)];
            Scalar c = same[Below(same.Length)];
            Scalar[] conditions = [.. values.Where(v => v.Type == DType.Bool)];
            values.Add(Below(12) switch
            {
                0 or 9 => a.Convert(types[Below(types.Length)]),
                _ when a.Type.IsHalf => Below(2) == 0 ? a.Convert(DType.Float32).Sqrt().Convert(a.Type) : (a.Convert(DType.Float32) * b.Convert(DType.Float32)).Convert(a.Type),
                1 => Comparison(Below(4), a, b),
                2 when conditions.Length > 0 => Scalar.Select(conditions[Below(conditions.Length)], a, b),
                3 when a.Type.IsInteger => Below(3) switch { 0 => a << Below(64), 1 => a >> Below(64), _ => a >>> Below(64) },
                4 when a.Type.IsFloating => Rounded(Below(8), a, b, c),
                5 when a.Type.ItemSize > 2 && a.Type is not (DType.UInt32 or DType.UInt64) => Reinterpret(a, types),
                _ when a.Type == DType.Bool => Below(4) switch { 0 => a & b, 1 => a | b, 2 => a ^ b, _ => ~a },
                _ => Arithmetic(Below(7), a, b),
            });
        }

        return builder.Build(values[^1], values[^2], values[^3]);
    }

    static Scalar Comparison(int choice, Scalar a, Scalar b) => choice switch { 0 => a < b, 1 => a <= b, 2 => a.EqualTo(b), _ => a.NotEqualTo(b) };

    static Scalar Rounded(int choice, Scalar a, Scalar b, Scalar c) => choice switch
    {
        0 => a.Floor(),
        1 => a.Ceiling(),
        2 => a.Truncate(),
        3 => a.Round(),
        4 => a.Sqrt(),
        5 => a / b,
        _ => Scalar.Fma(a, b, c),
    };

    static Scalar Arithmetic(int choice, Scalar a, Scalar b) => choice switch
    {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 => -a,
        4 => a.Abs(),
        5 => Scalar.Min(a, b),
        _ => Scalar.Max(a, b),
    };

    // A NaN's payload is free, so its bits may not reach a number.
    static Scalar Reinterpret(Scalar a, DType[] types)
    {
        DType partner = a.Type switch { DType.Float32 => DType.Int32, DType.Int32 => DType.Float32, DType.Float64 => DType.Int64, _ => DType.Float64 };
        if (!types.Contains(partner))
        {
            return -a;
        }

        return a.Type.IsFloating ? Scalar.Select(a.EqualTo(a), a, a.Like(0)).Bitcast(partner) : a.Bitcast(partner);
    }
}
