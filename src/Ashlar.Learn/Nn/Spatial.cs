using System.Globalization;

namespace Ashlar.Nn;

/// <summary>Numbers for the spatial axes, which are the last ones of a tensor: one, two or three.</summary>
static class Spatial
{
    static readonly string[] Names = ["L", "H, W", "D, H, W"];

    /// <summary>The same number for each of some axes.</summary>
    public static int[] Fill(int count, int value)
    {
        var numbers = new int[count];
        numbers.AsSpan().Fill(value);
        return numbers;
    }

    /// <summary>The padding before and behind x with which windows at every place give the extents of x.</summary>
    /// <exception cref="ArgumentException">A stride is not 1, or a padding is given too.</exception>
    public static (int[] Low, int[] High) Same(string operation, int[] window, int[] stride, int[] padding, int[] dilation)
    {
        if (!stride.All(step => step == 1) || !padding.All(count => count == 0))
        {
            throw new ArgumentException($"{operation}: same goes with stride 1 and no padding of its own, given are stride {Text(stride)} and padding {Text(padding)}. Leave them out, or give the padding instead of same.");
        }

        int[] total = [.. window.Zip(dilation, (extent, step) => (extent - 1) * step)];
        return ([.. total.Select(count => count / 2)], [.. total.Select(count => count - (count / 2))]);
    }

    /// <summary>As in code: 3 or (3, 5).</summary>
    public static string Text(int[] numbers) => Array.TrueForAll(numbers, number => number == numbers[0])
        ? numbers[0].ToString(CultureInfo.InvariantCulture)
        : $"({string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>A named argument as code prints it, or nothing where it is the usual value.</summary>
    public static string Given(string name, int[] numbers, int[] usual) => numbers.SequenceEqual(usual) ? "" : $", {name}: {Text(numbers)}";

    public static string Given(string name, int[] numbers, int usual) => Given(name, numbers, Fill(numbers.Length, usual));

    public static string Given(string name, bool value, bool usual) => value == usual ? "" : $", {name}: {(value ? "true" : "false")}";

    public static string Given(string name, double value, double usual) => value == usual ? "" : string.Create(CultureInfo.InvariantCulture, $", {name}: {value}");

    public static string Given<T>(string name, T value, T usual)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(value, usual) ? "" : $", {name}: {typeof(T).Name}.{value}";

    /// <exception cref="ArgumentOutOfRangeException">A number is below the least.</exception>
    public static int[] AtLeast(this int[] numbers, int least, string what) => Array.TrueForAll(numbers, number => number >= least)
        ? numbers
        : throw new ArgumentOutOfRangeException(what, $"{what} {Text(numbers)} is too small. Give {least} or more for each axis.");

    /// <exception cref="ArgumentOutOfRangeException">The number is below the least.</exception>
    public static int AtLeast(this int number, int least, string what) => number >= least
        ? number
        : throw new ArgumentOutOfRangeException(what, $"{what} {number} is too small. Give {least} or more.");

    /// <summary>The axes of an input as messages write them: [N, 3, H, W].</summary>
    public static string Input(int spatial, object channels) => $"[N, {channels}, {Names[spatial - 1]}]";

    /// <summary>Puts a batch of one in front of an input that comes without batch axis.</summary>
    public static Tensor Batched(Tensor x, int spatial) => x.Rank == spatial + 1 ? x.Reshape([1, .. x.Shape]) : x;

    /// <summary>Takes that batch away again.</summary>
    public static Tensor LikeInput(Tensor y, Tensor x, int spatial) => x.Rank == spatial + 1 ? y.Reshape(y.Shape.Extents[1..]) : y;
}
