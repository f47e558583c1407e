namespace Ashlar.Lab.Events;

/// <summary>Type of a hyperparameter. The numbers are those of the file format.</summary>
public enum HyperparameterKind
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>True or false.</summary>
    Truth = 2,

    /// <summary>A number.</summary>
    Number = 3,
}
