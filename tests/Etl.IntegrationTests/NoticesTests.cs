using System.Text.Json;
using System.Text.RegularExpressions;

namespace Etl.IntegrationTests;

/// <summary>The published third-party notices name every work that the program contains.</summary>
public sealed partial class NoticesTests
{
    private static readonly string Notices = File.ReadAllText(PathOf("THIRD-PARTY-NOTICES.md"));

    [Fact]
    public void Notices_EveryPackageOfTheProgram_IsNamed()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(PathOf("etl.deps.json")));
        string[] named = [.. Package().Matches(Notices).Select(match => match.Groups[1].Value)];

        string[] unnamed =
        [
            .. dependencies.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/')[0])
                .Where(package => !named.Any(name => name.EndsWith('*')
                    ? package.StartsWith(name[..^1], StringComparison.Ordinal)
                    : package == name)),
        ];

        Assert.Empty(unnamed);
    }

    [Theory]
    [InlineData("LICENSE", "MIT License")]
    [InlineData("licenses/LGPL-3.0.txt", "GNU LESSER GENERAL PUBLIC LICENSE")]
    [InlineData("licenses/GPL-3.0.txt", "GNU GENERAL PUBLIC LICENSE")]
    [InlineData("licenses/Apache-2.0.txt", "Apache License")]
    [InlineData("licenses/SkiaSharp.txt", "Skia")]
    [InlineData("licenses/libvips.md", "libheif")]
    [InlineData("licenses/OpenTelemetry.txt", "gRPC for .NET")]
    public void Notices_TextOfALicence_LiesBesideTheProgram(string file, string content) =>
        Assert.Contains(content, File.ReadAllText(PathOf(file)), StringComparison.Ordinal);

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    [GeneratedRegex("`([A-Z][A-Za-z.]*\\*?)`")]
    private static partial Regex Package();
}
