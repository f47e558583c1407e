namespace Ashlar.Lab.Queries;

/// <summary>How a field is compared with a value.</summary>
public enum Comparator
{
    /// <summary><c>=</c>, also written <c>==</c>.</summary>
    Equal,

    /// <summary><c>!=</c>, also written <c>&lt;&gt;</c>.</summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>like</c>: a pattern for the whole text in which <c>%</c> stands for any characters and <c>_</c> for one. ASCII letters match in either case, as in SQLite.</summary>
    Like,

    /// <summary><c>contains</c>: the text holds this. ASCII letters match in either case.</summary>
    Contains,
}
