using System.Diagnostics.CodeAnalysis;

namespace Ashlar.Nn;

/// <summary>Modules of one kind under names, in the order in which they were added; it only holds them.</summary>
/// <typeparam name="T">Their kind.</typeparam>
public sealed class ModuleDict<T> : Module
    where T : Module
{
    readonly OrderedDictionary<string, T> _modules = new(StringComparer.Ordinal);

    /// <summary>Number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>The names in order.</summary>
    public IEnumerable<string> Keys => _modules.Keys;

    /// <summary>The modules in order.</summary>
    public IEnumerable<T> Values => _modules.Values;

    /// <summary>The module of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public T this[string key] => _modules.TryGetValue(key, out T? module)
        ? module
        : throw new KeyNotFoundException($"ModuleDict: there is no module '{key}' among {string.Join(", ", _modules.Keys)}. Add it first.");

    /// <summary>Puts a module under a name.</summary>
    /// <param name="key">Without points, unlike any other name here.</param>
    /// <param name="module">The module.</param>
    /// <exception cref="ArgumentException">The name is empty, has a point or is taken.</exception>
    public void Add(string key, T module) => _modules.Add(key, Register(key, module));

    /// <summary>Whether there is a module of a name.</summary>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <summary>The module of a name, if there is one.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);
}
