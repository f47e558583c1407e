using System.Text;

namespace Ashlar;

/// <summary>Nested brackets around the elements of a tensor, the middle of long axes left out.</summary>
sealed class TensorText
{
    const string Gap = "...";

    readonly Shape _shape;
    readonly string[] _texts;
    readonly int[] _kept;
    readonly bool _summarized;
    readonly int _edgeItems;
    readonly int _lineWidth;
    readonly StringBuilder _text = new();
    int _next;

    TensorText(Shape shape, string[] texts, bool summarized, int edgeItems, int lineWidth)
    {
        _shape = shape;
        _texts = texts;
        _summarized = summarized;
        _edgeItems = edgeItems;
        _lineWidth = lineWidth;
        _kept = Kept(shape, summarized, edgeItems);
    }

    /// <summary>The extents of what is shown.</summary>
    public static int[] Kept(Shape shape, bool summarized, int edgeItems) =>
        [.. shape.Select(extent => summarized && extent > 2 * edgeItems ? 2 * edgeItems : extent)];

    /// <param name="shape">Of the tensor.</param>
    /// <param name="texts">Of the elements shown, row-major, one width.</param>
    /// <param name="summarized">Whether the middle of long axes is left out.</param>
    /// <param name="edgeItems">Positions shown at each end of a long axis.</param>
    /// <param name="lineWidth">Characters of a line.</param>
    public static string Of(Shape shape, string[] texts, bool summarized, int edgeItems, int lineWidth)
    {
        if (shape.Size == 0)
        {
            return "[]";
        }

        if (shape.Rank == 0)
        {
            return texts[0].Trim();
        }

        var text = new TensorText(shape, texts, summarized, edgeItems, lineWidth);
        text.Write(0);
        return text._text.ToString();
    }

    void Write(int axis)
    {
        if (axis == _shape.Rank - 1)
        {
            WriteRow(axis);
            return;
        }

        _text.Append('[');
        for (int i = 0; i < _kept[axis]; i++)
        {
            if (i > 0)
            {
                Separate(axis);
            }

            if (LeavesOut(axis, i))
            {
                _text.Append(Gap);
                Separate(axis);
            }

            Write(axis + 1);
        }

        _text.Append(']');
    }

    void Separate(int axis) => _text.Append('\n', _shape.Rank - axis - 1).Append(' ', axis + 1);

    void WriteRow(int axis)
    {
        int indent = axis + 1;
        _text.Append('[');
        int column = indent;
        bool first = true;
        for (int i = 0; i < _kept[axis]; i++)
        {
            if (LeavesOut(axis, i))
            {
                Word(Gap, indent, ref column, ref first);
            }

            Word(_texts[_next++], indent, ref column, ref first);
        }

        _text.Append(']');
    }

    // Brackets that close at the end of a line belong to it.
    void Word(string word, int indent, ref int column, ref bool first)
    {
        int length = word.Length + (first ? 0 : 1);
        if (!first && column + length > _lineWidth - indent)
        {
            _text.Append('\n').Append(' ', indent);
            column = indent;
            length = word.Length;
        }
        else if (!first)
        {
            _text.Append(' ');
        }

        _text.Append(word);
        column += length;
        first = false;
    }

    bool LeavesOut(int axis, int i) => _kept[axis] < _shape[axis] && i == _edgeItems;
}
