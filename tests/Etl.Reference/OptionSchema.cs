using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Etl.Host.Configuration;
using PaletteEtl.Covers;

namespace Etl.Reference;

/// <summary>The JSON schema of one option.</summary>
internal static class OptionSchema
{
    private const string Duration = @"^([0-9]+\.)?[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?$";

    /// <summary>Printable ASCII that is not blank, the only values that a request for a cover may have.</summary>
    private const string RequestHeaderValue = "^[ -~]*[!-~][ -~]*$";

    public static JsonObject Of(EtlOption option)
    {
        OptionRule rule = option.Rule;
        var schema = new JsonObject
        {
            ["description"] = OptionComment.Of(option).Effect.Plain + Format(rule),
            ["type"] = TypeOf(option),
            ["default"] = OptionTree.Default(option),
        };
        if (option.IsList)
        {
            schema["minItems"] = 1;
            schema["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        }
        else if (option.IsMap)
        {
            schema["additionalProperties"] = option.Property.DeclaringType == typeof(FetchOptions)
                ? new JsonObject { ["type"] = "string", ["pattern"] = RequestHeaderValue }
                : new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        }
        else if (rule.Type.IsEnum)
        {
            schema["enum"] = new JsonArray([.. Enum.GetNames(rule.Type).Select(static name => JsonValue.Create(name)), .. NullOf(option)]);
        }
        else if (rule.Type == typeof(TimeSpan))
        {
            schema["pattern"] = Duration;
        }
        else if (rule.Type == typeof(string))
        {
            AddTextRules(schema, rule);
        }

        AddLimits(schema, rule);
        return schema;
    }

    private static void AddTextRules(JsonObject schema, OptionRule rule)
    {
        if (rule.Pattern is null)
        {
            schema["minLength"] = 1;
        }
        else
        {
            schema["pattern"] = rule.Pattern;
        }

        if (MayBeCount(rule))
        {
            schema["minimum"] = 1;
        }

        if (rule.MaxLength is { } length)
        {
            schema["maxLength"] = length;
        }
    }

    private static void AddLimits(JsonObject schema, OptionRule rule)
    {
        if (rule.Minimum is decimal least)
        {
            schema["minimum"] = least;
        }

        if (rule.Maximum is decimal greatest)
        {
            schema["maximum"] = greatest;
        }
    }

    private static JsonNode TypeOf(EtlOption option)
    {
        OptionRule rule = option.Rule;
        string type = option.IsList ? "array"
            : option.IsMap ? "object"
            : rule.Type == typeof(bool) ? "boolean"
            : rule.Type == typeof(double) ? "number"
            : rule.Type == typeof(int) || rule.Type == typeof(long) ? "integer"
            : "string";
        string[] types = [type, .. MayBeCount(rule) ? ["integer"] : (string[])[], .. option.Default is null ? ["null"] : (string[])[]];
        return types is [var only] ? only : new JsonArray([.. types.Select(static name => JsonValue.Create(name))]);
    }

    private static IEnumerable<JsonNode?> NullOf(EtlOption option) => option.Default is null ? [null] : [];

    /// <summary>Whether a text may be a whole number from 1, which JSON writes without quotes.</summary>
    private static bool MayBeCount(OptionRule rule) =>
        rule.Pattern is { } pattern && Regex.IsMatch("1", pattern) && !Regex.IsMatch("0", pattern);

    /// <summary>The rules of a duration that a schema cannot state otherwise.</summary>
    private static string Format(OptionRule rule) => rule.Type == typeof(TimeSpan)
        ? $" Format: hours:minutes:seconds, from {OptionText.Format(rule.Minimum)} to {OptionText.Format(rule.Maximum)}."
        : "";
}
