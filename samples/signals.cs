#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// Complex numbers and Fourier transforms: find two tones in a signal, cut one out, and learn a filter through a transform.
using System.Numerics;
using Ashlar;

// Complex numbers
Tensor z = Tensor.From([new Complex(3, 4), new Complex(0, -1)], 2);
Tensor w = z * Complex.ImaginaryOne + 1.0;
Console.WriteLine($"{z.DType.Name}: |z| = {z.Abs()}, conj z = {z.Conj()}, iz + 1 = {w}");
Tensor roots = Tensor.Polar(Tensor.Scalar(1), Tensor.Arange(3) * (2 * Math.PI / 3));
Console.WriteLine($"the cubes of the third roots of one: {roots.Pow(3)}");

// A signal of one second: 50 and 120 hertz
Tensor seconds = Tensor.Arange(1000) * 0.001;
Tensor signal = (seconds * (2 * Math.PI * 50)).Sin() + (seconds * (2 * Math.PI * 120)).Sin() * 0.5;

// Its spectrum
Tensor spectrum = signal.RFft();
Tensor hertz = Tensor.RFftFreq(1000, spacing: 0.001);
Tensor peaks = spectrum.Abs() > 100.0;
float[] found = [.. hertz.ToArray<float>().Zip(peaks.ToArray<bool>()).Where(pair => pair.Second).Select(pair => pair.First)];
Console.WriteLine($"tones at {string.Join(" and ", found)} hertz");

// Only the lower tone
Tensor low = (spectrum * (hertz < 80.0)).IRFft(1000);
float left = (low - (seconds * (2 * Math.PI * 50)).Sin()).Abs().Max().Item<float>();
Console.WriteLine($"largest difference to the lower tone alone: {left:0.0e+0}");

// What frames of a signal hold, and back
Tensor frames = signal.Stft(64, hop: 16, window: Window.Hann(64));
Tensor whole = frames.IStft(64, hop: 16, window: Window.Hann(64), length: 1000);
Console.WriteLine($"{frames.Shape} frequencies and frames; back within {(whole - signal).Abs().Max().Item<float>():0e+0}");

// A gradient through a transform: the energy above 80 hertz
Tensor high = (hertz >= 80.0).To(DType.Float32);
Tensor slope = Transform.Gradient(x => (x.RFft(norm: FftNorm.Ortho) * high).Abs().Pow(2).Sum())(signal);
Tensor quieter = signal - slope * 0.5;
float energy = (quieter.RFft(norm: FftNorm.Ortho) * high).Abs().Pow(2).Sum().Item<float>();
Console.WriteLine($"energy above 80 hertz after one step: {energy:0.0}");
return found is [50, 120] && left < 1e-4f ? 0 : 1;
