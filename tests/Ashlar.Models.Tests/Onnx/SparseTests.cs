using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

public sealed class SparseTests
{
    [Fact]
    public void A_sparse_initializer_is_read_by_numbers_of_its_elements()
    {
        TestModel model = new TestModel().Inputs("x").Outputs("y").Node("Add", ["x", "w"], ["y"]);
        model.Graph.SparseInitializer.Add(Sparse([1, 5], [2], [7, 8], 2, 3));
        Assert.Equal([0f, 7, 0, 0, 0, 8], model.Load().Run(Tensor.Zeros(new Shape(2, 3)))[0].ToArray<float>());
    }

    [Fact]
    public void A_sparse_constant_is_read_by_coordinates()
    {
        TestModel model = new TestModel().Outputs("y").Node("Constant", [], ["y"], [new AttributeProto { Name = "sparse_value", Type = AttributeProto.Types.AttributeType.SparseTensor, SparseTensor = Sparse([0, 2, 1, 0], [2, 2], [7, 8], 2, 3) }]);
        Tensor y = model.Load().Run()[0];
        Assert.Equal(new Shape(2, 3), y.Shape);
        Assert.Equal([0f, 0, 7, 8, 0, 0], y.ToArray<float>());
    }

    [Fact]
    public void A_sparse_tensor_that_contradicts_itself_is_refused()
    {
        Assert.Equal("ONNX: sparse tensor 'w' has the index 6 where 6 elements are. The file is damaged; export it again.", Fault(Sparse([1, 6], [2], [7, 8], 2, 3)));
        Assert.Equal("ONNX: sparse tensor 'w' has 2 values and indices [3] for the shape [2, 3]. The file is damaged; export it again.", Fault(Sparse([1, 2, 3], [3], [7, 8], 2, 3)));
        Assert.Equal("ONNX: sparse tensor 'w' has no values, or no indices of int64 in one or two axes. The file is damaged; export it again.", Fault(new SparseTensorProto { Values = TestModel.Raw("w", [1], 1) }));
    }

    [Fact]
    public void A_sparse_tensor_of_many_zeros_costs_nothing_until_it_is_read()
    {
        // 4 GiB of zeros for one number.
        TestModel model = new TestModel().Outputs("y").Node("Shape", ["w"], ["y"]);
        model.Graph.SparseInitializer.Add(Sparse([1], [1], [7], 1 << 20, 1 << 10));
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal([1 << 20, 1 << 10], model.Load().Run()[0].ToArray<long>());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    static string Fault(SparseTensorProto sparse) => Assert.Throws<OnnxException>(() => SparseReader.Read(sparse, ExternalData.None)).Message;

    static SparseTensorProto Sparse(long[] indices, long[] shape, float[] values, params long[] dims)
    {
        var sparse = new SparseTensorProto { Values = TestModel.Raw("w", values, values.Length), Indices = new TensorProto { DataType = 7 } };
        sparse.Indices.Dims.Add(shape);
        sparse.Indices.Int64Data.Add(indices);
        sparse.Dims.Add(dims);
        return sparse;
    }
}
