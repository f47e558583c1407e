#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj

// Random numbers: keys, distributions with tensor parameters, choices, and learning through samples.
using Ashlar;

// Keys
RandomKey key = RandomKey.FromSeed(42);
Tensor noise = Tensor.RandomNormal(key, new Shape(2, 3));
Tensor same = Tensor.RandomNormal(key, new Shape(2, 3));
(RandomKey forData, RandomKey forModel) = key.Split();
RandomKey thirdStep = forModel.Fold("dropout").Fold(3);
Console.WriteLine($"equal keys, equal numbers: {noise.EqualTo(same).All().Item<bool>()}; a key of step 3: {thirdStep.Key0:x8}");

// A generator
var random = new RandomGenerator(seed: 42);
Tensor heights = random.Normal(new Shape(5), mean: 170, deviation: 8);
Tensor order = random.Permutation(5);
var later = new RandomGenerator(seed: 42, random.Position);
Console.WriteLine($"{heights} in the order {order}; next {later.Uniform(Shape.Scalar)}");

// Parameters that broadcast
Tensor rates = Tensor.From([0.5, 4, 100], 3);
Tensor visits = Tensor.RandomPoisson(forData.Fold("visits"), rates, new Shape(1000, 3));
Console.WriteLine($"mean visits: {visits.To(DType.Float64).Mean([0])}");

// Choices
Tensor hand = Tensor.RandomChoice(forData.Fold("hand"), 52, new Shape(5), replace: false);
Tensor prizes = Tensor.RandomChoice(forData.Fold("prizes"), 3, new Shape(10), probabilities: Tensor.From([0.7, 0.2, 0.1], 3));
Tensor shuffled = Tensor.RandomPermutation(forData.Fold("rows"), Tensor.Arange(6).Reshape(3, 2));
Console.WriteLine($"hand {hand}, prizes {prizes}, rows {shuffled}");

// Gradients through samples: which concentration gives gamma numbers a mean of 5?
Tensor alpha = Tensor.Scalar(1.0);
for (int step = 0; step < 60; step++)
{
    RandomKey now = forModel.Fold(step);
    Tensor slope = Transform.Gradient(a => (Tensor.RandomGamma(now, a, new Shape(500)).Mean() - 5).Square())(alpha);
    alpha = alpha - 0.1 * slope;
}

Console.WriteLine($"concentration for a mean of 5: {alpha.Item<float>():0.0}");
