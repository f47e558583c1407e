#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj

// The examples of docs/errors.md: each error is provoked, and its message compared.
using Ashlar;
using Ashlar.Nn;
using Ashlar.Optim;

Tensor matrix = Tensor.Ones(new Shape(2, 3));
Tensor vector = Tensor.Arange(4);
int different = 0;

Expect<ShapeException>(() => matrix.MatMul(matrix),
    "MatMul: inner extents differ: [2, 3] x [2, 3] (3 against 2). Transpose the right operand or check the input features of Linear.");
Expect<ShapeException>(() => matrix + vector,
    "Add: [2, 3] and [4] do not broadcast: extents 3 and 4 differ at axis -1. Make them equal or one of them 1.");
Expect<ShapeException>(() => matrix.Sum([2]),
    "Sum: axis 2 of [2, 3] does not exist. Axes run from -2 to 1.");
Expect<ShapeException>(() => matrix.Item<float>(),
    "Item: the tensor [2, 3] has 6 elements. Index it down to one, or use ToArray.");

Expect<DTypeException>(() => vector.Exp(),
    "Exp: int32 is not taken, only float32, float64, float16, bfloat16. Cast the operand first.");
Expect<DTypeException>(() => vector.ToArray<float>(),
    "Read: the tensor is int32, its elements are no Single. Cast it with To(Float32) first.");
Expect<DTypeException>(() => vector.To(DType.UInt64) + vector,
    "Promote: no integer dtype holds both uint64 and int32. Cast one of them with To, to int64 if the numbers are below 2^63.");

Expect<ArgumentException>(() => vector[4],
    "Index: index 4 lies outside -4 … 3 along axis 0 of extent 4. Check the labels or indices against the extent of the axis.");

Expect<DivideByZeroException>(() => Tensor.Remainder(vector, 0),
    "Remainder: int32[4] is divided by 0. Divide by another number, or cast the tensor to a floating dtype.");
Expect<DivideByZeroException>(() => (Tensor.Ones(new Shape(4), DType.Int32) / vector).ToArray<int>(),
    "Divide: the divisor int32[4] is 0 at [0]. Keep zeros out of it with Where or Maximum, or divide floating numbers. Numerics.Check() tells the line that recorded it.");

Expect<ParseException>(() => NpyFile.Load(new MemoryStream([1, 2, 3]), "weights.npy"),
    "weights.npy: at byte 0: found 010203, expected the six bytes 934E554D5059 and a version. Check that it is a .npy file and was copied whole.");

using (Numerics.Check())
{
    Expect<NumericsException>(() => Tensor.Wrap<float>(new[] { 1, float.NaN }, 2).Exp().ToArray<float>(),
        "Numerics: a given tensor holds NaN at [1] of float32[2]. Look at where it comes from: the data, the initial values, or the last step.");
}

var model = new Linear(3, 1);
model.Initialize(RandomKey.FromSeed(1));
Provoke<StateException>(() => model.Load(new Dictionary<string, Tensor> { ["weight"] = Tensor.Ones(new Shape(1, 4)), ["scale"] = Tensor.Scalar(1) }),
    "Linear.Load: the state does not fit: 1 missing: bias; 1 unexpected: scale; 1 mismatched: 'weight' is float32[1, 4], wanted float32[1, 3]. Nothing was changed. Build the model as it was when the state was saved.");

Expect<InvalidOperationException>(() => Transform.Vmap(x => x.Item<float>() > 0 ? x : -x)(Tensor.Ones(new Shape(2))),
    "Evaluate: a value was read inside a function that is recorded for many runs of it, as in Vmap, Control.Loop, Control.While or Control.Cond, where it stands for all of them and has no value yet. Return it from the function, or choose between values with Where.");
Provoke<InvalidOperationException>(() => new SGD(model.Parameters, 0.1).Step(Tensor.Ones(Shape.Scalar)),
    "SGD.Step: no gradient leads from the loss to a parameter. Compute it from the model's parameters, outside Transform.NoGradient() and without StopGradient().");

Console.WriteLine(different == 0 ? "every message is as documented" : $"{different} messages differ");
return different;

void Expect<T>(Func<object> act, string message)
    where T : Exception => Provoke<T>(() => _ = act(), message);

void Provoke<T>(Action act, string message)
    where T : Exception
{
    try
    {
        act();
        Console.WriteLine($"no error: {message}");
        different++;
    }
    catch (T error) when (error.Message == message)
    {
    }
    catch (Exception error)
    {
        Console.WriteLine($"{error.GetType().Name}: {error.Message}");
        different++;
    }
}
