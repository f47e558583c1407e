using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ashlar.Server.MLflow;

/// <summary>Says where the next page of an answer begins.</summary>
static class PageToken
{
    /// <summary>Where the page begins; 0 without a token.</summary>
    /// <exception cref="MlflowException">The text is no token.</exception>
    public static int Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        byte[] bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out int length) && int.TryParse(Encoding.ASCII.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            ? from
            : throw MlflowException.Invalid("Invalid page token, could not be decoded. Send the next_page_token of the page before.");
    }

    /// <summary>Writes the token of the next page, if there is one.</summary>
    public static void Write(Utf8JsonWriter json, long next, int total)
    {
        if (next < total)
        {
            json.WriteString("next_page_token", Convert.ToBase64String(Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture))));
        }
    }
}
