namespace Ashlar.House.Tests.Architecture;

/// <summary>Holds the types of one assembly to the order of its namespaces.</summary>
/// <param name="order">Namespaces from low to high.</param>
sealed class Rooms(string[] order)
{
    /// <summary>One line for each type outside the list and for each use of a higher namespace.</summary>
    /// <param name="types">Types of one assembly; what lies outside Ashlar (compilers and coverage tools add such types) is passed over.</param>
    public IEnumerable<string> Broken(IEnumerable<Type> types) => types.Where(IsOurs).SelectMany(Broken);

    IEnumerable<string> Broken(Type type)
    {
        int own = Place(type);
        if (own < 0)
        {
            yield return $"{Name(type)}: the namespace {type.Namespace} is not in the list. Add it where it belongs: HousePlan.Rooms.";
            yield break;
        }

        foreach (Type used in TypeUses.Of(type).Where(used => used.Assembly == type.Assembly && IsOurs(used)))
        {
            if (Place(used) > own)
            {
                yield return $"{Name(type)} uses {Name(used)}: {order[own]} lies below {order[Place(used)]} and may not know it.";
            }
        }
    }

    int Place(Type type) => Array.FindIndex(order, room => Holds(room, type.Namespace!));

    static bool Holds(string room, string space)
        => room.EndsWith(".*", StringComparison.Ordinal)
            ? (space + ".").StartsWith(room[..^1], StringComparison.Ordinal)
            : space == room;

    static bool IsOurs(Type type) => type.Namespace is { } space && (space + ".").StartsWith("Ashlar.", StringComparison.Ordinal);

    // Closures and iterators are named after the type that the reader can find.
    static string Name(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.FullName!;
    }
}
