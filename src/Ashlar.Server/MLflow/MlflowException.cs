namespace Ashlar.Server.MLflow;

/// <summary>A request that cannot be answered, in the words of the protocol.</summary>
/// <param name="code">Such as <c>RESOURCE_DOES_NOT_EXIST</c>.</param>
/// <param name="status">The HTTP status that belongs to it.</param>
/// <param name="message">For people.</param>
sealed class MlflowException(string code, int status, string message) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    public static MlflowException Invalid(string message) => new("INVALID_PARAMETER_VALUE", 400, message);

    public static MlflowException Missing(string message) => new("RESOURCE_DOES_NOT_EXIST", 404, message);

    public static MlflowException Exists(string message) => new("RESOURCE_ALREADY_EXISTS", 400, message);

    public static MlflowException State(string message) => new("INVALID_STATE", 400, message);

    /// <summary>A parameter that must be given is not.</summary>
    public static MlflowException Needed(string name) => Invalid($"Missing value for required parameter '{name}'. See the API docs for more information about request parameters.");
}
