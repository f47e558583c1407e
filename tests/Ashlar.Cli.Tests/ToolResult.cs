using System.Text.Json;

namespace Ashlar.Cli.Tests;

/// <summary>What a run of the tool came to.</summary>
sealed record ToolResult(int Code, string Output, string Errors)
{
    /// <summary>The output as JSON, which must be its only line.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.True(Code == 0, Errors);
            Assert.Equal(Output.Length - 1, Output.IndexOf('\n', StringComparison.Ordinal));
            return JsonDocument.Parse(Output).RootElement;
        }
    }
}
