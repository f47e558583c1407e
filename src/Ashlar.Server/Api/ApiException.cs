namespace Ashlar.Server.Api;

/// <summary>A request that cannot be answered as asked.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">where: what. remedy</param>
sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static ApiException NotFound(string message) => new(404, message);

    public static ApiException Wrong(string message) => new(400, message);
}
