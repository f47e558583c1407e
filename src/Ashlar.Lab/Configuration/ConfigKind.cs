namespace Ashlar.Lab.Configuration;

/// <summary>How a property is filled.</summary>
enum ConfigKind
{
    /// <summary>Not at all: its type has no text.</summary>
    None,

    /// <summary>From one value.</summary>
    Leaf,

    /// <summary>From an array.</summary>
    List,

    /// <summary>From names that are not known before.</summary>
    Map,

    /// <summary>From names of its own properties.</summary>
    Nested,
}
