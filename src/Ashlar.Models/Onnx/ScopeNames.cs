namespace Ashlar.Onnx;

/// <summary>Names of weights as paths of modules: points separate, as in <c>layer1.0.weight</c>. A name that cannot be a path is one name, its points written as underscores.</summary>
/// <param name="names">All of them; where one is the beginning of another, both keep one name.</param>
sealed class ScopeNames(IReadOnlyList<string> names)
{
    readonly Dictionary<string, OnnxScope> _scopes = [];

    /// <summary>The module that holds a weight, made where it is not there yet; null for the outermost.</summary>
    /// <param name="name">Of the weight.</param>
    /// <param name="make">Makes a module of a name inside another, or in the outermost.</param>
    public OnnxScope? Scope(string name, Func<OnnxScope?, string, OnnxScope> make)
    {
        string[] parts = Parts(name);
        OnnxScope? at = null;
        string path = "";
        foreach (string part in parts[..^1])
        {
            path += "." + part;
            at = _scopes.TryGetValue(path, out OnnxScope? found) ? found : _scopes[path] = make(at, part);
        }

        return at;
    }

    /// <summary>The name inside that module.</summary>
    public string Last(string name) => Parts(name)[^1];

    string[] Parts(string name)
    {
        string[] parts = name.Split('.');
        bool isPath = parts.All(part => part.Length > 0) && !names.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal) || name.StartsWith(other + ".", StringComparison.Ordinal));
        return isPath ? parts : [name.Replace('.', '_')];
    }
}
