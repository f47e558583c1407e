using System.Text;

namespace Ashlar.Models.Tests.Onnx.Fuzz;

/// <summary>Changes of a message's structure, drawn from a seed.</summary>
static class WireMutation
{
    static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 7, 8, 13, 16, 22, 26, 127, 128, 255, 1000, 65535, 1 << 20, 1 << 27, int.MaxValue, 1UL << 31, uint.MaxValue, 1UL << 40, 1UL << 62, long.MaxValue, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63, unchecked((ulong)-100L), unchecked((ulong)int.MinValue),
    ];

    static readonly string[] Words =
    [
        "", "x", "y", "ai.onnx", "ai.onnx.ml", "ai.onnx.preview.training", "../../../../etc/passwd", "/etc/passwd", "weights.bin", "location", "offset", "length", "-1", "99999999999999999999", "9223372036854775807", "Loop", "Scan", "If", "Constant", "ConstantOfShape",
        "Expand", "Tile", "Range", "NonZero", "Resize", "Pad", "OneHot", "EyeLike", "Concat", "MatMul", "Gemm", "Conv", "ConvTranspose", "MaxPool", "Col2Im", "RoiAlign", "Unique", "TopK", "CumSum", "Einsum", "StringSplit", "RegexFullMatch", "TfIdfVectorizer", "MelWeightMatrix",
        "HannWindow", "DFT", "STFT", "SequenceMap", "SplitToSequence", "TreeEnsemble", "TreeEnsembleRegressor", "LabelEncoder", "OneHotEncoder", "ImageDecoder", "Cast", "QuantizeLinear", "Upsample", "Gather", "GatherND", "ScatterND", "Reshape", "Split", "Slice", "Function", "(a+)+$", "axes", "axis", "value", "sparse_value", "body", "to", "shape", "k",
    ];

    /// <summary>A few changes of a message, and of what is written of it.</summary>
    /// <param name="bytes">A message.</param>
    /// <param name="seed">Draws the changes.</param>
    public static byte[] Apply(byte[] bytes, long seed)
    {
        var words = new RandomWords(RandomKey.FromSeed(seed));
        int Below(int count) => (int)words.Below((uint)count);
        List<WireTree.Field> tree = WireTree.Parse(bytes)!;
        for (int change = 1 + Below(6); change > 0; change--)
        {
            List<(List<WireTree.Field> Home, int At)> all = [.. All(tree)];
            if (all.Count == 0)
            {
                break;
            }

            (List<WireTree.Field> home, int at) = all[Below(all.Count)];
            (List<WireTree.Field> otherHome, int otherAt) = all[Below(all.Count)];
            (WireTree.Field field, WireTree.Field other) = (home[at], otherHome[otherAt]);
            switch (Below(14))
            {
                case 0:
                    home.RemoveAt(at);
                    break;
                case 1:
                    home.Insert(at, field.Copy());
                    break;
                case 2:
                    home.Insert(at, other.Copy());
                    break;
                case 3 when field.Wire == 0:
                case 4 when field.Wire == 0:
                    field.Value = Numbers[Below(Numbers.Length)];
                    break;
                case 5 when field.Wire == 2 && field.Inner is null && field.Bytes.Length > 0:
                    byte[] changed = [.. field.Bytes];
                    changed[Below(changed.Length)] = (byte)words.Next();
                    field.Bytes = changed;
                    break;
                case 6 when field.Wire == 2:
                    (field.Bytes, field.Inner) = (Encoding.UTF8.GetBytes(Words[Below(Words.Length)]), null);
                    break;
                case 7:
                    // A payload from where the same field stands elsewhere: names are crossed, types exchanged, outputs defined twice.
                    List<WireTree.Field> same = [.. all.Select(place => place.Home[place.At]).Where(f => f.Number == field.Number && f.Wire == field.Wire)];
                    WireTree.Field from = same[Below(same.Count)].Copy();
                    (field.Value, field.Bytes, field.Inner) = (from.Value, from.Bytes, from.Inner);
                    break;
                case 8:
                    field.Number = 1 + Below(26);
                    break;
                case 9:
                    field.Wire = new[] { 0, 1, 2, 5, 3, 4 }[Below(6)];
                    break;
                case 10 when field.Wire == 2:
                    field.Lie = Below(2) == 0 ? 1 + Below(40) - 20 : 1L << Below(40);
                    break;
                case 11 when field.Inner is { } inner && Depth(field) < 20:
                    // Into itself, as the bodies of loops may.
                    for (int level = 1 + Below(12); level > 0 && All(inner).Count() < 20_000; level--)
                    {
                        WireTree.Field copy = field.Copy();
                        inner.Insert(Below(inner.Count + 1), copy);
                    }

                    break;
                case 12 when field.Inner is { Count: > 1 } shuffled:
                    (int a, int b) = (Below(shuffled.Count), Below(shuffled.Count));
                    (shuffled[a], shuffled[b]) = (shuffled[b], shuffled[a]);
                    break;
                default:
                    home.Insert(Below(home.Count + 1), new WireTree.Field(1 + Below(26), 0) { Value = Numbers[Below(Numbers.Length)] });
                    break;
            }
        }

        byte[] written = WireTree.Write(tree);
        return Below(20) == 0 && written.Length > 0 ? written[..Below(written.Length)] : written;
    }

    static IEnumerable<(List<WireTree.Field> Home, int At)> All(List<WireTree.Field> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            yield return (fields, i);
            foreach ((List<WireTree.Field>, int) inner in All(fields[i].Inner ?? []))
            {
                yield return inner;
            }
        }
    }

    static int Depth(WireTree.Field field) => field.Inner is null ? 0 : 1 + field.Inner.Select(Depth).DefaultIfEmpty(0).Max();
}
