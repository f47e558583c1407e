using System.Globalization;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf;

namespace Ashlar.Onnx.Writing;

/// <summary>Writes a model: in one file, or with its large tensors in a second one beside it, since no message of this format may be longer than 2 GiB.</summary>
static class ModelFile
{
    // Small tensors stay with the graph, where every reader of it needs them.
    const int LeastOutside = 1024;

    // What memory maps begin at.
    const int Alignment = 4096;

    /// <param name="path">An .onnx file; it is replaced as a whole, and so is PATH.data.</param>
    /// <param name="model">Holds its tensors as raw bytes; those that go outside lose them.</param>
    /// <param name="limit">Bytes of tensors beyond which they stand in PATH.data.</param>
    /// <param name="progress">Told the share that is written, 0 to 1; null for nobody.</param>
    public static void Write(string path, ModelProto model, long limit, IProgress<double>? progress)
    {
        TensorProto[] tensors = [.. Tensors(model.Graph).Where(tensor => tensor.HasRawData)];
        long total = tensors.Sum(tensor => (long)tensor.RawData.Length);
        string outside = path + ".data";
        if (total <= limit)
        {
            AtomicFile.Write(path, stream => model.WriteTo(new CountingStream(stream, total, progress)));
            progress?.Report(1);
            return;
        }

        AtomicFile.Write(outside, stream =>
        {
            long offset = 0;
            foreach (TensorProto tensor in tensors.Where(tensor => tensor.RawData.Length >= LeastOutside))
            {
                offset += Pad(stream, offset);
                ReadOnlySpan<byte> bytes = tensor.RawData.Span;
                stream.Write(bytes);
                Put(tensor, "location", Path.GetFileName(outside));
                Put(tensor, "offset", offset.ToString(CultureInfo.InvariantCulture));
                Put(tensor, "length", bytes.Length.ToString(CultureInfo.InvariantCulture));
                offset += bytes.Length;
                tensor.DataLocation = TensorProto.Types.DataLocation.External;
                tensor.ClearRawData();
                progress?.Report(Math.Min(1, (double)offset / total));
            }
        });
        AtomicFile.Write(path, stream => model.WriteTo(stream));
        progress?.Report(1);
    }

    static int Pad(Stream stream, long offset)
    {
        int missing = (int)((Alignment - (offset % Alignment)) % Alignment);
        stream.Write(new byte[missing]);
        return missing;
    }

    static void Put(TensorProto tensor, string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });

    static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer.Concat(graph.Node.SelectMany(node => node.Bodies()).SelectMany(Tensors));

    // Tells how much went through.
    sealed class CountingStream(Stream inner, long total, IProgress<double>? progress) : Stream
    {
        long _written;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            inner.Write(buffer, offset, count);
            _written += count;
            progress?.Report(total == 0 ? 1 : Math.Min(1, (double)_written / total));
        }
    }
}
