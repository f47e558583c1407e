namespace Ashlar.Data.Idx;

/// <summary>The bytes of an IDX file from first to last, plain or unpacked on the way.</summary>
interface IIdxBytes : IDisposable
{
    /// <summary>The file as errors name it, which says so when offsets count unpacked bytes.</summary>
    string Name { get; }

    /// <summary>Bytes read so far, of the plain file.</summary>
    long Position { get; }

    /// <summary>Upper bound of the bytes still to come.</summary>
    long Available { get; }

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="ParseException">The file ends before.</exception>
    void Fill(Span<byte> destination, string expected);

    /// <summary>Checks that nothing follows.</summary>
    /// <exception cref="ParseException">Something does.</exception>
    void End();
}
