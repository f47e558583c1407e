#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
#:project ../src/Ashlar.Data/Ashlar.Data.csproj
#:project ../src/Ashlar.Learn/Ashlar.Learn.csproj
#:project ../src/Ashlar.Models/Ashlar.Models.csproj

// A network goes out as ONNX, comes back, is trained further and goes out again.
using Ashlar;
using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Optim;

string folder = Directory.CreateTempSubdirectory("ashlar-onnx-").FullName;
string path = Path.Combine(folder, "network.onnx");
string tuned = Path.Combine(folder, "tuned.onnx");

// Export: any batch, parameters under their names.
var network = new Sequential(new Linear(4, 32), new GELU(), new Linear(32, 1));
OnnxExport.Save(path, network, new Shape(1, 4));

// Run: what comes back has the same bits.
Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(256, 4));
OnnxModel model = OnnxModel.Load(path);
Tensor y = model.Run(x)[0];
Console.WriteLine($"{model.Inputs[0]} -> {model.Outputs[0]}, {model.ParameterCount} parameters");

network.Eval();
if (!network.Forward(x).EqualTo(y).ToArray<bool>().All(equal => equal))
{
    throw new InvalidOperationException("onnx: the model that came back gives other bits.");
}

// Fine-tune: the weights of the file are parameters.
OnnxModule module = OnnxModule.Load(path);
var optimizer = new AdamW(module.Parameters, learningRate: 1e-2);
Tensor target = x.Square().Sum([1], keepAxes: true);
float loss = 0;
for (int step = 0; step < 200; step++)
{
    Tensor error = Loss.MeanSquaredError(module.Forward(x), target);
    optimizer.Step(error);
    loss = error.Item<float>();
}

module.Save(tuned);

bool same = OnnxModel.Load(tuned).Run(x)[0].EqualTo(module.Forward(x)).ToArray<bool>().All(equal => equal);
Console.WriteLine(same && loss < 0.5f ? $"tuned to a loss of {loss:F4}" : throw new InvalidOperationException($"onnx: the loss is {loss}, the same bits: {same}."));
Directory.Delete(folder, recursive: true);
