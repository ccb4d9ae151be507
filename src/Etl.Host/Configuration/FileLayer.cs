using System.Text.Json;

namespace Etl.Host.Configuration;

/// <summary>The settings of a JSON file. Comments and trailing commas are allowed in it.</summary>
internal static class FileLayer
{
    /// <summary>The reference to a schema, which editors use and which configures nothing.</summary>
    private const string SchemaKey = "$schema";

    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="UserException">There is no such file, it cannot be read, or it is malformed.</exception>
    public static IReadOnlyList<Setting> Read(string file)
    {
        string text = "";
        try
        {
            text = File.ReadAllText(file);
            using var document = JsonDocument.Parse(text, Lenient);
            return SettingsOf(document.RootElement, file);
        }
        catch (JsonException error)
        {
            throw new UserException(ExitCodes.Refused, $"{file}, {JsonProblem.Of(text, error)}");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException(ExitCodes.Refused, $"The configuration file {file} does not exist.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCodes.Refused, $"The configuration file {file} cannot be read: {error.Message}");
        }
    }

    private static List<Setting> SettingsOf(JsonElement root, string file)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new UserException(ExitCodes.Refused, $"{file}, line 1: the configuration must be an object, {{ … }}.");
        }

        var settings = new List<Setting>();
        foreach (JsonProperty property in root.EnumerateObject().Where(property => property.Name != SchemaKey))
        {
            settings.AddRange(Flatten(property.Name, property.Value, Path.GetFileName(file)));
        }

        Setting? twice = settings
            .GroupBy(setting => setting.Path, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Skip(1).Any())?.First();
        return twice is null
            ? settings
            : throw new UserException(ExitCodes.Refused, $"{file}: {twice.Path} is set twice: keys are not case-sensitive. Remove one of them.");
    }

    private static IEnumerable<Setting> Flatten(string path, JsonElement element, string origin) => element.ValueKind switch
    {
        JsonValueKind.Object when element.EnumerateObject().Any() =>
            element.EnumerateObject().SelectMany(property => Flatten($"{path}:{property.Name}", property.Value, origin)),
        JsonValueKind.Array when element.GetArrayLength() > 0 =>
            element.EnumerateArray().SelectMany((entry, i) => Flatten($"{path}:{i}", entry, origin)),
        JsonValueKind.Array => [new Setting(path, "", origin)],
        JsonValueKind.Object or JsonValueKind.Null => [new Setting(path, null, origin)],
        JsonValueKind.String => [new Setting(path, element.GetString(), origin)],
        _ => [new Setting(path, element.GetRawText(), origin)],
    };
}
