using System.Globalization;

namespace Etl.LongTests;

/// <summary>Variables of the environment that make a test longer.</summary>
internal static class Variable
{
    /// <param name="name">The variable.</param>
    /// <param name="otherwise">Its value where it is not set.</param>
    public static int Number(string name, int otherwise) => (int)Minutes(name, otherwise);

    /// <summary>Likewise a number that need not be whole.</summary>
    public static double Minutes(string name, double otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
