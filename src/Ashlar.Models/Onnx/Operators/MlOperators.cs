using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Classical learning: features before a model, linear models, support vectors, trees.</summary>
static class MlOperators
{
    public static Operator[] All { get; } =
    [
        Row("ArrayFeatureExtractor", c => c.Move(x => x.Rank == 1 ? x.Take(c[1].To(DType.Int64).Reshape(-1), 0).Unsqueeze(0) : x.Take(c[1].To(DType.Int64).Reshape(-1), x.Rank - 1))),
        Row("Binarizer", c => (c[0] > (double)c.Float("threshold", 0)).To(c[0].DType)),
        Row("CastMap", CastMap),
        Row("CategoryMapper", CategoryMapper),
        Row("DictVectorizer", DictVectorizer),
        Row("FeatureVectorizer", FeatureVectorizer),
        Row("Imputer", Imputer),
        Row("LabelEncoder", LabelEncoder.Run),
        Row("LinearClassifier", LinearModels.Classify),
        Row("LinearRegressor", LinearModels.Regress),
        Row("Normalizer", Normalizer),
        Row("OneHotEncoder", OneHotEncoder),
        Row("Scaler", c => (c[0].To(DType.Float32) - List(c, "offset", 0)) * List(c, "scale", 1)),
        Row("SVMClassifier", SupportVectors.Classify),
        Row("SVMRegressor", SupportVectors.Regress),
        Row("TreeEnsembleClassifier", TreeEnsembles.Classify),
        Row("TreeEnsembleRegressor", TreeEnsembles.Regress),
        new("TreeEnsemble", 5, TreeEnsembles.Run) { Domain = OperatorTable.Ml },
        Row("ZipMap", ZipMap),
    ];

    static Operator Row(string name, Func<OperatorCall, Results> body) => new(name, 1, body) { Domain = OperatorTable.Ml };

    static Tensor List(OperatorCall c, string attribute, float missing) => c.Attributes.Floats(attribute) is { Length: > 0 } numbers ? Tensor.From<float>(numbers, numbers.Length) : Tensor.From<float>([missing], 1);

    // Each input is cut or filled with zeros to the extent that the node names for it.
    static Results FeatureVectorizer(OperatorCall c)
    {
        int[]? extents = c.Ints("inputdimensions");
        Tensor[] parts = [.. c.All().Select(x => x.To(DType.Float32).Reshape(x.Rank == 0 ? 1 : x.Shape[0], x.Rank == 0 ? 1 : x.Size / Math.Max(1, x.Shape[0])))];
        for (int i = 0; i < parts.Length && i < (extents?.Length ?? 0); i++)
        {
            (int has, int wants) = (parts[i].Shape[1], extents![i]);
            parts[i] = has > wants ? parts[i].Slice(1, 0, wants) : parts[i].Pad([0, 0], [0, wants - has]);
        }

        return Tensor.Concat(parts, 1);
    }

    static Results Imputer(OperatorCall c)
    {
        Tensor x = c[0];
        if (x.DType.IsInteger)
        {
            long[] whole = c.Attributes.Ints("imputed_value_int64s")!;
            return Tensor.Where(x.EqualTo(c.Attributes.Int("replaced_value_int64", 0)), Tensor.From<long>(whole, whole.Length).To(x.DType), x);
        }

        double replaced = c.Float("replaced_value_float", 0);
        return Tensor.Where(double.IsNaN(replaced) ? x.IsNaN() : x.EqualTo(replaced), List(c, "imputed_value_floats", 0).To(x.DType), x);
    }

    static Results Normalizer(OperatorCall c)
    {
        Tensor x = c[0].To(DType.Float32);
        Tensor norm = c.Text("norm", "MAX") switch
        {
            "L1" => x.Abs().Sum([-1], true),
            "L2" => (x * x).Sum([-1], true).Sqrt(),
            _ => x.Max([-1], true),
        };
        return Tensor.Where(norm.EqualTo(0.0), x, x / norm);
    }

    static Results OneHotEncoder(OperatorCall c)
    {
        string[]? texts = c.Attributes.Texts("cats_strings");
        if (c.Value(0) is OnnxStrings words && texts is not null)
        {
            Tensor places = Tensor.From<long>(words.Items.Select(word => (long)Array.IndexOf(texts, word)).ToArray(), words.Shape.Extents);
            return Hits(c, places, Tensor.Arange(texts.Length).To(DType.Int64));
        }

        long[] numbers = c.Attributes.Ints("cats_int64s")!;
        return Hits(c, c[0].To(DType.Int64), Tensor.From<long>(numbers, numbers.Length));
    }

    static Tensor Hits(OperatorCall c, Tensor x, Tensor categories)
    {
        Tensor hit = x.Unsqueeze(-1).EqualTo(categories);
        return !c.Flag("zeros", true) && !hit.Any([-1]).All().Item<bool>() ? throw OperatorCall.Fault("a value is in no category, and the node asks that this is an error. Clean the input.") : hit.To(DType.Float32);
    }

    static Results CategoryMapper(OperatorCall c)
    {
        long[] numbers = c.Attributes.Ints("cats_int64s")!;
        string[] texts = c.Attributes.Texts("cats_strings")!;
        if (c.Value(0) is OnnxStrings words)
        {
            return Tensor.From<long>(words.Items.Select(word => Array.IndexOf(texts, word) is >= 0 and var at ? numbers[at] : c.Attributes.Int("default_int64", -1)).ToArray(), words.Shape.Extents);
        }

        return new OnnxStrings(c[0].Shape, [.. c.Longs(0).Select(number => Array.IndexOf(numbers, number) is >= 0 and var at ? texts[at] : c.Text("default_string", "_Unused"))]);
    }

    static Results DictVectorizer(OperatorCall c)
    {
        OnnxMap map = c.Value(0) as OnnxMap ?? throw OperatorCall.Fault($"input 0 is {c.Value(0)}, wanted a map. Build one before.");
        object[] keys = c.Attributes.Texts("string_vocabulary") is { } texts ? [.. texts] : [.. c.Attributes.Ints("int64_vocabulary")!.Select(key => (object)key)];
        var values = map.Keys.Zip(map.Values).ToDictionary(entry => entry.First, entry => entry.Second);
        return Listed([.. keys.Select(key => values.GetValueOrDefault(key))], map.Values is [var first, ..] ? first : null);
    }

    static OnnxValue Listed(object?[] values, object? like) => like switch
    {
        string => new OnnxStrings(new Shape(1, values.Length), [.. values.Select(value => (string?)value ?? "")]),
        long => Tensor.From<long>(values.Select(value => (long)(value ?? 0L)).ToArray(), 1, values.Length),
        double => Tensor.From<double>(values.Select(value => (double)(value ?? 0.0)).ToArray(), 1, values.Length),
        _ => Tensor.From<float>(values.Select(value => (float)(value ?? 0f)).ToArray(), 1, values.Length),
    };

    static Results CastMap(OperatorCall c)
    {
        OnnxMap map = c.Value(0) as OnnxMap ?? throw OperatorCall.Fault($"input 0 is {c.Value(0)}, wanted a map. Build one before.");
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        (long Key, object Value)[] entries = [.. map.Keys.Zip(map.Values).Select(entry => ((long)entry.First, entry.Second)).OrderBy(entry => entry.Item1)];
        bool sparse = c.Text("map_form", "DENSE") == "SPARSE";
        var values = new object?[sparse ? c.Int("max_map", 1) : entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            values[sparse ? entries[i].Key : i] = c.Text("cast_to", "TO_FLOAT") switch
            {
                "TO_STRING" => Convert.ToString(entries[i].Value, culture),
                "TO_INT64" => Convert.ToInt64(entries[i].Value, culture),
                _ => Convert.ToSingle(entries[i].Value, culture),
            };
        }

        return Listed(values, values.FirstOrDefault(value => value is not null));
    }

    static Results ZipMap(OperatorCall c)
    {
        object[] keys = c.Attributes.Texts("classlabels_strings") is { Length: > 0 } texts ? [.. texts] : [.. c.Attributes.Ints("classlabels_int64s")!.Select(key => (object)key)];
        float[] numbers = c[0].To(DType.Float32).ToArray<float>();
        return new OnnxSequence([.. Enumerable.Range(0, numbers.Length / keys.Length).Select(row => new OnnxMap(keys, [.. numbers[(row * keys.Length)..((row + 1) * keys.Length)].Select(number => (object)number)]))]);
    }
}
