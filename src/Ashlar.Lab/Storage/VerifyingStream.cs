using System.Security.Cryptography;

namespace Ashlar.Lab.Storage;

/// <summary>Reads a content once from its beginning to its end and throws at the end when its SHA-256 is not the expected one.</summary>
sealed class VerifyingStream(FileStream content, string sha256) : Stream
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    bool _isChecked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => throw new NotSupportedException("artifact store: a checked content is read from its beginning to its end. Open its path to jump in it.");
    }

    public override int Read(Span<byte> buffer)
    {
        int read = content.Read(buffer);
        _hash.AppendData(buffer[..read]);
        if (read == 0 && buffer.Length > 0 && !_isChecked)
        {
            _isChecked = true;
            string found = Convert.ToHexStringLower(_hash.GetHashAndReset());
            if (found != sha256)
            {
                throw new InvalidDataException($"artifact store: '{content.Name}' is damaged: its SHA-256 is {found}. Add the content again, or copy the file from a good store.");
            }
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("artifact store: a checked content cannot be sought in. Open its path to jump in it.");

    public override void SetLength(long value) => throw new NotSupportedException("artifact store: a content never changes. Add a new one.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("artifact store: a content never changes. Add a new one.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
