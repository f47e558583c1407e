namespace Ashlar.Lab;

/// <summary>Media types of files by the endings of their names.</summary>
public static class MediaType
{
    /// <summary>The type of a name; <c>application/octet-stream</c> where the ending says nothing.</summary>
    /// <param name="name">A file's name.</param>
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        ".jsonl" => "application/jsonl",
        ".csv" => "text/csv",
        ".tsv" => "text/tab-separated-values",
        ".txt" or ".log" or ".cs" => "text/plain",
        ".md" => "text/markdown",
        ".html" => "text/html",
        ".yaml" or ".yml" => "application/yaml",
        ".xml" => "application/xml",
        ".pdf" => "application/pdf",
        ".zip" => "application/zip",
        ".gz" => "application/gzip",
        ".safetensors" => "application/vnd.safetensors",
        ".onnx" => "application/onnx",
        _ => "application/octet-stream",
    };
}
