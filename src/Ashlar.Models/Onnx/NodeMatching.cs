using System.Security.Cryptography;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>Which nodes of two models do the same.</summary>
static class NodeMatching
{
    // Beyond so many pairs of nodes the table of the longest common sequence would take more memory than the models.
    const long MostPairs = 1L << 24;

    // The same bits say more than any operator: one network may add a bias in the product's own node, another behind it.
    const int Equal = 5;

    /// <returns>Pairs of places, in the order of the first.</returns>
    public static (int First, int Second)[] Of(OnnxNodeValues[] first, OnnxNodeValues[] second)
    {
        var names = new Dictionary<(string, string), int>();
        for (int i = 0; i < second.Length; i++)
        {
            names.TryAdd((second[i].Operator, second[i].Outputs[0].Name), i);
        }

        var pairs = new List<(int First, int Second)>();
        for (int i = 0; i < first.Length; i++)
        {
            if (names.TryGetValue((first[i].Operator, first[i].Outputs[0].Name), out int other))
            {
                pairs.Add((i, other));
            }
        }

        if (2 * pairs.Count < Math.Min(first.Length, second.Length))
        {
            pairs.Clear();
        }

        HashSet<int> mine = [.. pairs.Select(pair => pair.First)];
        HashSet<int> theirs = [.. pairs.Select(pair => pair.Second)];
        int[] left = [.. Enumerable.Range(0, first.Length).Where(i => !mine.Contains(i))];
        int[] right = [.. Enumerable.Range(0, second.Length).Where(i => !theirs.Contains(i))];
        Dictionary<int, string> mineBits = left.ToDictionary(i => i, i => Bits(first[i]));
        Dictionary<int, string> theirBits = right.ToDictionary(i => i, i => Bits(second[i]));
        pairs.AddRange(InOrder(left, right, (i, j) => mineBits[i] == theirBits[j] ? Equal : Likeness(first[i], second[j])));
        return [.. pairs.OrderBy(pair => pair.First)];
    }

    static int Likeness(OnnxNodeValues a, OnnxNodeValues b) => a.Operator != b.Operator ? 0 : Shape(a) is { } shape && shape.Equals(Shape(b)) ? 2 : 1;

    static Shape? Shape(OnnxNodeValues node) => (node.Outputs[0].Value as OnnxTensor)?.Tensor.Shape;

    // Type, shape and elements as a short text.
    static string Bits(OnnxNodeValues node) => node.Outputs[0].Value is OnnxTensor value ? $"{value} {Convert.ToHexString(SHA256.HashData(value.Tensor.ToBytes()))}" : node.Outputs[0].Name;

    static IEnumerable<(int First, int Second)> InOrder(int[] left, int[] right, Func<int, int, int> likeness)
    {
        // What both begin and end with needs no table; where that does not make it small enough, the like counts as the same.
        for (int least = Equal; least > 1 && (least == Equal || (long)left.Length * right.Length > MostPairs); least -= 3)
        {
            int begin = 0;
            while (begin < Math.Min(left.Length, right.Length) && likeness(left[begin], right[begin]) >= least)
            {
                yield return (left[begin], right[begin]);
                begin++;
            }

            int ends = 0;
            while (begin + ends < Math.Min(left.Length, right.Length) && likeness(left[^(ends + 1)], right[^(ends + 1)]) >= least)
            {
                ends++;
                yield return (left[^ends], right[^ends]);
            }

            (left, right) = (left[begin..^ends], right[begin..^ends]);
        }

        if ((long)left.Length * right.Length > MostPairs)
        {
            yield break;
        }

        // best[i, j]: the greatest likeness of what is left from i and j on.
        var best = new int[left.Length + 1, right.Length + 1];
        for (int i = left.Length - 1; i >= 0; i--)
        {
            for (int j = right.Length - 1; j >= 0; j--)
            {
                int like = likeness(left[i], right[j]);
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), like == 0 ? 0 : best[i + 1, j + 1] + like);
            }
        }

        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            int like = likeness(left[i], right[j]);
            if (like > 0 && best[i, j] == best[i + 1, j + 1] + like)
            {
                yield return (left[i++], right[j++]);
            }
            else if (best[i, j] == best[i + 1, j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }
}
