using System.Text;

namespace Ashlar.Lab.Events;

/// <summary>Turns the bytes of tags into strings, the same tag into the same string: a file of ten million points has a few names.</summary>
sealed class TagNames
{
    // A file may have more names than that; then the earlier ones are forgotten where they collide.
    const int Slots = 4096;

    readonly (byte[] Bytes, string Text)[] _known = new (byte[], string)[Slots];

    /// <summary>The tag as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Of(ReadOnlySpan<byte> tag)
    {
        ref (byte[] Bytes, string Text) known = ref _known[Crc32C.Of(tag) % Slots];
        if (known.Bytes is null || !tag.SequenceEqual(known.Bytes))
        {
            known = (tag.ToArray(), Encoding.UTF8.GetString(tag));
        }

        return known.Text;
    }
}
