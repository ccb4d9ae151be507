using System.Text.Json.Nodes;

namespace Etl.Host.Json;

/// <summary>A setting, of <c>etl config --json</c>.</summary>
/// <param name="Path">The path of the option.</param>
/// <param name="Value">The value: a number, true or false, or text; null when it is not set.</param>
/// <param name="Origin">The layer that sets it.</param>
internal sealed record SettingJson(string Path, JsonValue? Value, string Origin);
