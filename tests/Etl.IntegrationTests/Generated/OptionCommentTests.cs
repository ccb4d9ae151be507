using System.Globalization;
using Etl.Host.Configuration;
using Etl.Reference;

namespace Etl.IntegrationTests.Generated;

/// <summary>The range and the default that an option's comment states are those of its attribute and its initializer.</summary>
public sealed class OptionCommentTests
{
    public static TheoryData<string> All => [.. EtlOption.All.Select(static option => option.Path)];

    [Theory]
    [MemberData(nameof(All))]
    public void Range_OfTheComment_IsThatOfTheAttribute(string path)
    {
        EtlOption option = EtlOption.Find(path)!;
        OptionRule rule = option.Rule;

        string? range = (rule.Minimum, rule.Maximum) switch
        {
            ({ } least, { } greatest) => $"{TextOf(least)} to {TextOf(greatest)}",
            ({ } least, null) => $"at least {TextOf(least)}",
            _ => rule.MaxLength is { } length ? $"1 to {length} characters" : null,
        };

        Assert.Equal(range, OptionComment.Of(option).Range);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Default_OfTheComment_IsThatOfTheInitializer(string path)
    {
        EtlOption option = EtlOption.Find(path)!;

        Assert.Equal(DefaultOf(option), OptionComment.Of(option).Default);
    }

    /// <summary>The default; where sections share the property and differ in it, that of each section.</summary>
    private static string DefaultOf(EtlOption option)
    {
        IGrouping<string, string>[] defaults =
        [
            .. EtlOption.All
                .Where(other => other.Property.DeclaringType == option.Property.DeclaringType && other.Property.Name == option.Property.Name)
                .GroupBy(static other => DefaultText(other), static other => other.SectionPath.Split(':')[^1]),
        ];
        return defaults is [var only] ? only.Key
            : string.Join(", ", defaults.Select(static same => $"{same.Key} for {string.Join(" and ", same)}"));
    }

    private static string DefaultText(EtlOption option) => option.Default switch
    {
        null => "not set",
        long bytes when option.Path.EndsWith("Bytes", StringComparison.Ordinal) => $"{TextOf(bytes / (double)(1 << 20))} MiB",
        IEnumerable<string> entries => string.Join(", ", entries),
        var value => TextOf(value),
    };

    private static string TextOf(object value) => value switch
    {
        TimeSpan time when time == TimeSpan.Zero => "0",
        TimeSpan time when time == TimeSpan.FromDays(1) => "1 day",
        TimeSpan time when time > TimeSpan.FromDays(1) => $"{TextOf(time.TotalDays)} days",
        TimeSpan time when time >= TimeSpan.FromHours(1) => $"{TextOf(time.TotalHours)} h",
        TimeSpan time when time >= TimeSpan.FromMinutes(1) => $"{TextOf(time.TotalMinutes)} min",
        TimeSpan time when time >= TimeSpan.FromSeconds(1) => $"{TextOf(time.TotalSeconds)} s",
        TimeSpan time => $"{TextOf(time.TotalMilliseconds)} ms",
        Enum name => name.ToString(),
        IFormattable number => number.ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => OptionText.Format(value)!,
    };
}
