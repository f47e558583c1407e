using Ashlar.Onnx.Protobuf;
using Ashlar.Primitives.Index;

namespace Ashlar.Onnx.Values;

/// <summary>From sparse messages to dense values. What is dense is recorded, not allocated: it is computed where it is read.</summary>
static class SparseReader
{
    /// <param name="sparse">Values, and for each its number in row-major order or its coordinates.</param>
    /// <param name="external">Where bytes may stand beside the model.</param>
    /// <exception cref="OnnxException">The message contradicts itself.</exception>
    public static OnnxValue Read(SparseTensorProto sparse, ExternalData external)
    {
        string name = sparse.Values?.Name ?? "";
        if (sparse.Values is null || sparse.Indices is null || sparse.Indices.DataType != (int)OnnxDType.Int64 || sparse.Indices.Dims.Count is < 1 or > 2)
        {
            throw Damaged(name, "no values, or no indices of int64 in one or two axes");
        }

        OnnxValue values = TensorReader.Read(sparse.Values, external);
        long[] indices = ((OnnxTensor)TensorReader.Read(sparse.Indices, external)).Tensor.ToArray<long>();
        Shape shape = TensorReader.ShapeOf(new TensorProto { Name = name, Dims = { sparse.Dims } });
        int count = values is OnnxStrings text ? text.Items.Count : ((OnnxTensor)values).Tensor.Size;
        int width = sparse.Indices.Dims.Count == 1 ? 1 : shape.Rank;
        if (sparse.Values.Dims.Count != 1 || indices.Length != (long)count * width || sparse.Indices.Dims[0] != count)
        {
            throw Damaged(name, $"{count} values and indices [{string.Join(", ", sparse.Indices.Dims)}] for the shape {shape}");
        }

        var places = new long[count];
        for (int i = 0; i < indices.Length; i++)
        {
            int extent = sparse.Indices.Dims.Count == 1 ? shape.Size : shape[i % width];
            if (indices[i] < 0 || indices[i] >= extent)
            {
                throw Damaged(name, $"the index {indices[i]} where {extent} elements are");
            }

            places[i / width] = (places[i / width] * (width == 1 ? 1 : extent)) + indices[i];
        }

        return values is OnnxTensor tensor ? new OnnxTensor(Dense(tensor.Tensor, places, shape), tensor.Type)
            : throw Damaged(name, "text, which has no zero");
    }

    static Tensor Dense(Tensor values, long[] places, Shape shape)
    {
        if (places.Length == 0)
        {
            return Tensor.Zeros(shape, values.DType);
        }

        if (values.DType == DType.Bool)
        {
            return Dense(values.To(DType.UInt8), places, shape).To(DType.Bool);
        }

        if (values.DType.IsComplex)
        {
            Tensor pairs = values.ViewAsReal();
            return Tensor.Complex(Dense(pairs.Slice(1, 0, 1).Squeeze(1), places, shape), Dense(pairs.Slice(1, 1, 1).Squeeze(1), places, shape));
        }

        return Tensor.Zeros(new Shape(shape.Size), values.DType).PutAlongAxis(Tensor.From(places, places.Length), values, 0, ScatterKind.Set).Reshape(shape.Extents);
    }

    static OnnxException Damaged(string name, string what) => new($"ONNX: sparse tensor '{name}' has {what}. The file is damaged; export it again.");
}
