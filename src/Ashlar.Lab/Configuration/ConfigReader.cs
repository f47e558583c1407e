using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Ashlar.Lab.Configuration;

/// <summary>Fills records of settings. Every property that can be set has a name; what the given values do not name keeps its default.</summary>
/// <remarks>
/// Properties may be numbers, <see langword="bool"/>, text, enums, <see cref="TimeSpan"/>, any of these nullable, arrays, lists, dictionaries with text keys, and classes or records of such.
/// Numbers are read and written in the invariant culture. A nested object that is null by default is made where a value for it is given.
/// </remarks>
public static class ConfigReader
{
    /// <summary>Fills a record.</summary>
    /// <typeparam name="T">A class or record whose constructor takes nothing.</typeparam>
    /// <param name="given">What was given; later values are already in place of earlier ones (<see cref="ConfigFile.With"/>).</param>
    /// <param name="section">Looks only at names that begin with this and a dot; empty for all.</param>
    /// <exception cref="ConfigurationException">A name is unknown or a text has no meaning for its type; all faults are listed.</exception>
    public static Resolved<T> Read<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(ConfigFile given, string section = "")
        where T : new()
    {
        var filling = new ConfigFilling(given, section);
        object filled = filling.Fill(new T(), typeof(T), section);
        filling.Finish(typeof(T), filled);
        return new Resolved<T>((T)filled, filling.Resolve(filled));
    }

    /// <summary>The settings of a type with their defaults.</summary>
    /// <typeparam name="T">A class or record whose constructor takes nothing.</typeparam>
    public static ConfigFile Defaults<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>()
        where T : new() => Read<T>(ConfigFile.Empty).File;

    internal static IEnumerable<PropertyInfo> Properties([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && ConfigConversion.KindOf(property.PropertyType) != ConfigKind.None);
}
