namespace Ashlar.Lab.Reproduction;

/// <summary>What became of a claim.</summary>
public enum Verdict
{
    /// <summary>The same bits.</summary>
    Equal,

    /// <summary>Other bits.</summary>
    Differs,

    /// <summary>It could not be found out, because something is not there or does not run.</summary>
    Failed,

    /// <summary>It was not looked at; the row says why.</summary>
    Unchecked,

    /// <summary>It differs and may: it is no claim about results.</summary>
    Immaterial,
}
