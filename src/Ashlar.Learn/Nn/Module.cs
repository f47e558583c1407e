namespace Ashlar.Nn;

/// <summary>A function of a tensor with parameters: a layer, a block, a model.</summary>
/// <remarks>A module registers its parts in its constructor. Parts are found under names joined by points, such as <c>0.weight</c>; those of the layers here are the names of PyTorch's checkpoints.</remarks>
public abstract partial class Module : IStateful
{
    readonly List<(string Name, Parameter Part)> _parameters = [];
    readonly List<(string Name, StateBuffer Part)> _buffers = [];
    readonly List<(string Name, StateCounter Part)> _counters = [];
    readonly List<(string Name, Module Part)> _modules = [];
    Module? _parent;
    string _name = "";

    /// <summary>The name from the outermost module on; empty for the outermost.</summary>
    public string Path => _parent is null ? "" : _parent.Path is { Length: > 0 } path ? $"{path}.{_name}" : _name;

    /// <summary>Whether the module is trained: dropout drops, batch normalisation uses the batch. True at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>Modules registered here, in order.</summary>
    public IReadOnlyList<Module> Children => [.. _modules.Select(module => module.Part)];

    /// <summary>All parameters, in the order of registration; one that is shared comes once.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. NamedParameters().Select(pair => pair.Parameter)];

    internal Action<Module, Tensor, Tensor>? Observer { get; set; }

    /// <summary>Applies the module.</summary>
    /// <param name="x">What the module's documentation says.</param>
    /// <exception cref="ShapeException">The shape does not fit the module.</exception>
    public Tensor Forward(Tensor x)
    {
        x = ToCompute(BeforeHooks(x));
        Tensor y = ToOutput(AfterHooks(x, Apply(x)));
        Observer?.Invoke(this, x, y);
        return y;
    }

    /// <summary>Draws all parameters anew.</summary>
    /// <param name="key">Each parameter takes this key with its name folded in; each dropout keeps its own for its masks.</param>
    public void Initialize(RandomKey key)
    {
        foreach ((string name, Parameter parameter) in NamedParameters())
        {
            parameter.Draw(key.Fold(name));
        }

        foreach ((string name, Module module) in NamedModules())
        {
            module.Key = key.Fold(name);
        }
    }

    /// <summary>Sets this module and all in it to training.</summary>
    public void Train() => SetTraining(true);

    /// <summary>Sets this module and all in it to evaluation.</summary>
    public void Eval() => SetTraining(false);

    /// <summary>The parameters under their names, in the order of registration; one that is shared comes once, under its first name.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters() =>
        NamedModules().SelectMany(module => module.Module._parameters.Select(part => (Join(module.Name, part.Name), part.Part))).DistinctBy(pair => pair.Part);

    /// <summary>The buffers under their names, in the order of registration.</summary>
    public IEnumerable<(string Name, StateBuffer Buffer)> NamedBuffers() =>
        NamedModules().SelectMany(module => module.Module._buffers.Select(part => (Join(module.Name, part.Name), part.Part))).DistinctBy(pair => pair.Part);

    /// <summary>This module under the empty name, then all in it under theirs, outer ones first.</summary>
    public IEnumerable<(string Name, Module Module)> NamedModules() =>
        _modules.SelectMany(child => child.Part.NamedModules().Select(inner => (Join(child.Name, inner.Name), inner.Module)))
            .Prepend(("", this)).DistinctBy(pair => pair.Item2);

    /// <summary>The code that builds the module; for a module of one's own its name and its parts.</summary>
    public override string ToString() => _modules.Count == 0
        ? $"new {GetType().Name}()"
        : $"{GetType().Name.Split('`')[0]}\n{{\n{Indent(_modules.Select(module => $"{module.Name}: {module.Part}"))}\n}}";

    /// <summary>What <see cref="Forward"/> computes. A module that takes something else than one tensor leaves it and offers a Forward of its own.</summary>
    /// <exception cref="InvalidOperationException">The module does not take one tensor alone.</exception>
    protected virtual Tensor Apply(Tensor x) =>
        throw new InvalidOperationException($"{GetType().Name}: it does not take one tensor alone. Call the Forward that its documentation names, or apply its parts.");

    /// <summary>Takes the key from which the module draws while it is trained; only modules that do so override it.</summary>
    protected virtual void TakeKey(RandomKey key)
    {
    }

    /// <summary>Makes a parameter part of this module.</summary>
    /// <param name="name">Without points, unlike any other name here.</param>
    /// <param name="parameter">The part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a point or is taken.</exception>
    protected Parameter Register(string name, Parameter parameter)
    {
        CheckName(name);
        _parameters.Add((name, parameter));
        parameter.Join(this, name);
        return parameter;
    }

    /// <summary>Makes a buffer part of this module.</summary>
    /// <param name="name">Without points, unlike any other name here.</param>
    /// <param name="buffer">The part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a point or is taken.</exception>
    protected StateBuffer Register(string name, StateBuffer buffer)
    {
        CheckName(name);
        _buffers.Add((name, buffer));
        return buffer;
    }

    /// <summary>Makes a counter part of this module.</summary>
    /// <param name="name">Without points, unlike any other name here.</param>
    /// <param name="counter">The part.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a point or is taken.</exception>
    protected StateCounter Register(string name, StateCounter counter)
    {
        CheckName(name);
        _counters.Add((name, counter));
        return counter;
    }

    /// <summary>Makes a module part of this one.</summary>
    /// <param name="name">Without points, unlike any other name here.</param>
    /// <param name="module">The part; one shared by several modules keeps its first name.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a point or is taken.</exception>
    protected T Register<T>(string name, T module)
        where T : Module
    {
        CheckName(name);
        _modules.Add((name, module));
        if (module._parent is null)
        {
            (module._parent, module._name) = (this, name);
        }

        return module;
    }

    internal IEnumerable<(string Name, StateBuffer Buffer)> OwnBuffers => _buffers.Select(part => (Join(Path, part.Name), part.Part));

    internal static string Indent(IEnumerable<string> parts) => string.Join(",\n", parts.Select(part => "    " + part.Replace("\n", "\n    ", StringComparison.Ordinal)));

    static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    internal void Restore(bool training) => IsTraining = training;

    void SetTraining(bool training)
    {
        foreach ((_, Module module) in NamedModules())
        {
            module.IsTraining = training;
        }
    }

    void CheckName(string name)
    {
        bool taken = _parameters.Any(part => part.Name == name) || _buffers.Any(part => part.Name == name)
            || _counters.Any(part => part.Name == name) || _modules.Any(part => part.Name == name);
        if (name.Length == 0 || name.Contains('.') || taken)
        {
            throw new ArgumentException($"{GetType().Name}.Register: the name '{name}' is {(taken ? "taken" : "empty or has a point")}. Choose another.");
        }
    }
}
