using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Etl.Host.Configuration;

/// <summary>The constraint on an option's value that its property's type and attributes state.</summary>
internal sealed class OptionRule
{
    /// <summary>An example that each option of a duration accepts.</summary>
    public const string ExampleDuration = "00:00:05";

    /// <summary>An example that each option of a size accepts.</summary>
    public const string ExampleSize = "16777216";

    private readonly ValidationAttribute[] _attributes;
    private readonly bool _isSize;

    public OptionRule(PropertyInfo property)
    {
        _attributes = [.. property.GetCustomAttributes<ValidationAttribute>()];
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _isSize = property.Name.EndsWith("Bytes", StringComparison.Ordinal);
        (Minimum, Maximum) = LimitsOf(Type, _attributes.OfType<RangeAttribute>().SingleOrDefault());
    }

    public Type Type { get; }

    /// <summary>The least value, a <see cref="decimal"/> or a <see cref="TimeSpan"/>, where there is one.</summary>
    public IComparable? Minimum { get; }

    /// <summary>The greatest value; null when only the type bounds it.</summary>
    public IComparable? Maximum { get; }

    /// <summary>The regular expression that a text has to match, where there is one.</summary>
    public string? Pattern => _attributes.OfType<RegularExpressionAttribute>().SingleOrDefault()?.Pattern;

    /// <summary>The greatest length of a text, where there is one.</summary>
    public int? MaxLength => _attributes.OfType<MaxLengthAttribute>().SingleOrDefault()?.Length;

    /// <summary>The rule as the end of a sentence that begins with the option.</summary>
    public string MustBe => Type switch
    {
        _ when _isSize => $"must be a whole number of bytes, such as {ExampleSize},{Limits}",
        _ when Type == typeof(int) || Type == typeof(long) => $"must be a whole number{Limits}",
        _ when Type == typeof(double) => $"must be a number{Limits}",
        _ when Type == typeof(TimeSpan) => $"must be a duration, hours:minutes:seconds, such as {ExampleDuration},{Limits}",
        _ when Type == typeof(bool) => "must be true or false",
        _ when Type == typeof(IDictionary<string, string>) => "must be names of headers with their values",
        { IsEnum: true } => $"must be one of {string.Join(", ", Enum.GetNames(Type))}",
        _ when _attributes.OfType<RegularExpressionAttribute>().SingleOrDefault() is { } pattern =>
            pattern.FormatErrorMessage("").Trim(' ', '.'),
        _ when MaxLength is { } length => string.Create(CultureInfo.InvariantCulture, $"must have 1 to {length} characters"),
        _ => "must not be empty",
    };

    /// <summary>Whether a text is a value the option may have.</summary>
    public bool Accepts(string text) => Type switch
    {
        _ when Type == typeof(int) => IsWithin(OptionText.Number(text), int.MinValue, int.MaxValue),
        _ when Type == typeof(long) => IsWithin(OptionText.Number(text), long.MinValue, long.MaxValue),
        _ when Type == typeof(double) => IsWithin(OptionText.Fraction(text), decimal.MinValue, decimal.MaxValue),
        _ when Type == typeof(TimeSpan) => IsWithin(OptionText.Duration(text), TimeSpan.MinValue, TimeSpan.MaxValue),
        _ when Type == typeof(bool) => bool.TryParse(text, out _),
        { IsEnum: true } => Enum.GetNames(Type).Contains(text, StringComparer.OrdinalIgnoreCase),
        _ => _attributes.All(attribute => attribute.IsValid(text)),
    };

    private bool IsWithin<T>(T? value, T least, T greatest)
        where T : struct, IComparable =>
        value is { } known && known.CompareTo(Minimum ?? least) >= 0 && known.CompareTo(Maximum ?? greatest) <= 0;

    private string Limits => (OptionText.Format(Minimum), OptionText.Format(Maximum)) switch
    {
        (null, null) => "",
        (var least, null) => $" of at least {least}",
        (null, var greatest) => $" of at most {greatest}",
        (var least, var greatest) => $" from {least} to {greatest}",
    };

    private static (IComparable? Minimum, IComparable? Maximum) LimitsOf(Type type, RangeAttribute? range)
    {
        if (range is null)
        {
            return (null, null);
        }

        if (type == typeof(TimeSpan))
        {
            return (Time(range.Minimum), Time(range.Maximum));
        }

        // The attribute holds a limit beyond int as a double, which rounds the largest long up.
        decimal greatest = Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
        return (Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture), greatest < long.MaxValue ? greatest : null);
    }

    private static TimeSpan Time(object limit) => TimeSpan.Parse((string)limit, CultureInfo.InvariantCulture);
}
