using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Etl.Host.Configuration;

/// <summary>Says where JSON is malformed, and what is expected there.</summary>
internal static class JsonProblem
{
    /// <summary>A part of the reader's message, and what is expected there.</summary>
    private static readonly (string Part, string Expected)[] Problems =
    [
        ("does not contain any JSON tokens", "the file is empty; the configuration must be an object, { … }"),
        ("Expected depth to be zero", "the file ends before each { and [ is closed; add the missing } or ]"),
        ("without a matching open", "this bracket closes none that is open; remove it"),
        ("after a single JSON value", "nothing may follow the last }"),
        ("invalid after a value", "a comma, or the } or ] that closes the section or list, is expected here"),
        ("start of a property name", "a key in double quotes is expected here"),
        ("after a property name", "a colon is expected after the key"),
        ("start of a value", "a value is expected here: a text in double quotes, a number, true, false, null, { or ["),
        ("invalid JSON literal", "a value is expected here: a text in double quotes, a number, true, false, null, { or ["),
        ("escapable character", @"a \ in a text is written \\"),
        ("end of string", "a text is not closed; add the missing double quote"),
        ("within a JSON string", "a text ends on its own line; add the missing double quote"),
        ("comment", "a comment is malformed; comments are // … to the end of the line, or /* … */"),
        ("leading zero", "a number does not begin with 0; write it without, or as a text in double quotes"),
        ("digit", "a number is incomplete; put anything but a number in double quotes"),
        ("number", "a number is followed by something else; put anything but a number in double quotes"),
    ];

    /// <summary>The line, the column and the problem.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="error">The error of its reader.</param>
    public static string Of(string text, JsonException error)
    {
        string expected = Problems.FirstOrDefault(problem => error.Message.Contains(problem.Part, StringComparison.OrdinalIgnoreCase)).Expected
            ?? "the JSON is malformed";
        return string.Create(
            CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, column {ColumnOf(text, error)}: {expected}.");
    }

    /// <summary>The column in characters, from 1. The reader counts bytes of UTF-8.</summary>
    private static int ColumnOf(string text, JsonException error)
    {
        string line = text.Split('\n').ElementAtOrDefault((int)(error.LineNumber ?? 0)) ?? "";
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        return Encoding.UTF8.GetCharCount(bytes, 0, (int)Math.Min(error.BytePositionInLine ?? 0, bytes.Length)) + 1;
    }
}
