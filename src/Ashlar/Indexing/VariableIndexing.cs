using Ashlar.Ir;

namespace Ashlar;

/// <summary>Joins the indexer of tensors to variables.</summary>
public static class VariableIndexing
{
    extension(Variable variable)
    {
        /// <summary>Elements of the variable that can be read and assigned.</summary>
        public VariableAt At => new(variable);
    }
}
