#:project ../src/Ashlar.Core/Ashlar.Core.csproj
#:project ../src/Ashlar/Ashlar.csproj
// The examples of docs/movement.md: reshaping, joining, splitting, patterns.
using Ashlar;

Tensor x = Tensor.Arange(24).Reshape(2, 3, 4);

Tensor matrix = x.Reshape(6, -1);                       // [6, 4]
Tensor channelsLast = x.Permute(0, 2, 1);               // [2, 4, 3]
Tensor turned = x.T;                                    // [2, 4, 3]: the last two axes only
Tensor added = x.Unsqueeze(1).Squeeze(1);               // as it was
Tensor moved = x.MoveAxis(-1, 0);                       // [4, 2, 3]
Tensor flat = x.Flatten(1);                             // [2, 12]
Tensor wide = Tensor.Arange(4).BroadcastTo(new Shape(3, 4));
Tensor mirrored = x.Flip(2).Roll(1, axis: 1);
Tensor middle = x.Slice(axis: 2, start: 1, count: 2);   // x[.., .., 1..3]

Tensor joined = Tensor.Concat([x, x], axis: 1);         // [2, 6, 4]
Tensor stacked = Tensor.Stack([x, x]);                  // [2, 2, 3, 4]
Tensor[] thirds = joined.Chunk(3, axis: 1);             // three of [2, 2, 4]
Tensor[] parts = joined.Split([1, 5], axis: 1);         // [2, 1, 4] and [2, 5, 4]
Tensor[] rows = matrix.Unstack();                       // six of [4]
Tensor framed = matrix.Pad([1, 0], [1, 0]);             // a row of zeros above and below
Tensor reflected = matrix.Pad([0, 2], [0, 2], PadMode.Reflect);
Tensor twice = Tensor.Arange(3).Tile(2);                // 0 1 2 0 1 2
Tensor each = Tensor.Arange(3).Repeat(2, axis: 0);      // 0 0 1 1 2 2

Tensor images = Tensor.Zeros(new Shape(8, 28, 28, 3));
Tensor first = images.Rearrange("b h w c -> b c h w");
Tensor patches = images.Rearrange("b (h p) (w q) c -> b (h w) (p q c)", ("p", 7), ("q", 7));
Tensor means = images.Reduce("b h w c -> b c", PatternReduction.Mean);
Tensor grey = Tensor.Zeros(new Shape(28, 28)).Repeat("h w -> h w c", ("c", 3));

Tensor[] all = [matrix, channelsLast, turned, added, moved, flat, wide, mirrored, middle, joined, stacked, .. thirds, .. parts, rows[5], framed, reflected, twice, each, first, patches, means, grey];
Console.WriteLine(string.Join(' ', all.Select(tensor => tensor.Shape)));
Console.WriteLine($"{twice} {each}");
Console.WriteLine(reflected[0]);
return patches.Shape.Equals(new Shape(8, 16, 147)) && each.ToArray<int>().SequenceEqual([0, 0, 1, 1, 2, 2]) ? 0 : 1;
