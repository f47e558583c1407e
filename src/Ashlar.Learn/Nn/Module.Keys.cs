namespace Ashlar.Nn;

/// <content>The keys from which modules draw while they are trained. They decide masks, but are no part of the weights.</content>
public abstract partial class Module
{
    RandomKey? _key;

    RandomKey Key
    {
        get => _key ?? RandomKey.FromSeed(0).Fold(Path);
        set
        {
            _key = value;
            TakeKey(value);
        }
    }

    /// <summary>The key of every module here, uint32 [modules, 2], in the order of <see cref="NamedModules"/>.</summary>
    internal Tensor KeyTensor
    {
        get
        {
            RandomKey[] keys = [.. NamedModules().Select(module => module.Module.Key)];
            return Tensor.From([.. keys.SelectMany(key => new[] { key.Key0, key.Key1 })], keys.Length, 2);
        }

        set
        {
            uint[] words = value.ToArray<uint>();
            int at = 0;
            foreach ((_, Module module) in NamedModules())
            {
                module.Key = new RandomKey(words[at], words[at + 1]);
                at += 2;
            }
        }
    }
}
