using System.Collections;
using System.Globalization;

namespace Ashlar.Nn;

/// <summary>Modules of one kind in order, named 0, 1, 2, …; it only holds them.</summary>
/// <typeparam name="T">Their kind.</typeparam>
public sealed class ModuleList<T> : Module, IReadOnlyList<T>
    where T : Module
{
    readonly List<T> _modules = [];

    /// <param name="modules">In order.</param>
    public ModuleList(params T[] modules)
    {
        foreach (T module in modules)
        {
            Add(module);
        }
    }

    /// <summary>Number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>Module number <paramref name="index"/>, from 0.</summary>
    public T this[int index] => _modules[index];

    /// <summary>Puts a module at the end.</summary>
    public void Add(T module) => _modules.Add(Register(_modules.Count.ToString(CultureInfo.InvariantCulture), module));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
