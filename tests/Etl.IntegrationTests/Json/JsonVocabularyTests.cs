using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Etl.Host.Json;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Json;

/// <summary>Holds the contracts of <c>--json</c>, <c>--report</c>, the API and the pages against one another.</summary>
public sealed class JsonVocabularyTests
{
    private static readonly (string Name, string Type, string Contract)[] Properties =
    [
        .. from contract in Contracts
           where contract.Kind == JsonTypeInfoKind.Object
           from property in contract.Properties
           select (property.Name, TypeOf(property.PropertyType), contract.Type.Name),
    ];

    [Fact]
    public void Names_OfAllContracts_AreInCamelCase() =>
        Assert.All(Properties, static property => Assert.Matches("^[a-z]+([A-Z0-9][a-z0-9]*)*$", property.Name));

    [Fact]
    public void Names_OfSeveralContracts_HaveOneType()
    {
        string[] differences =
        [
            .. from property in Properties
               where property is not ("status", _, "ProblemJson") // RFC 9457 makes it the number of an HTTP status
               group property by property.Name into same
               where same.Select(static property => property.Type).Distinct().Count() > 1
               select $"{same.Key}: {string.Join(", ", same.Select(static property => $"{property.Type} in {property.Contract}"))}",
        ];

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("id", "string")]
    [InlineData("at", "string")]
    [InlineData("deadLetters", "number")]
    [InlineData("items", "array")]
    [InlineData("palette", "palette")]
    public void Names_OfTheCommonThings_AreShared(string name, string type) =>
        Assert.True(Properties.Count(property => property.Name == name && property.Type == type) > 1);

    [Fact]
    public void Durations_OfAllContracts_SayTheirUnit() =>
        Assert.DoesNotContain(
            Properties, static property => property.Name is "elapsed" or "left" || property.Name.EndsWith("illiseconds", StringComparison.Ordinal));

    [Fact]
    public void Program_HasNoOtherContracts()
    {
        Type[] types = typeof(EtlJson).Assembly.GetTypes();

        Assert.Equal([typeof(EtlJson)], types.Where(static type => type.IsSubclassOf(typeof(JsonSerializerContext))));
        Assert.DoesNotContain(types.SelectMany(static type => type.GetProperties()), static property =>
            property.IsDefined(typeof(JsonPropertyNameAttribute)));
    }

    /// <summary>The contracts of the context, and those that their properties lead to.</summary>
    private static HashSet<JsonTypeInfo> Contracts
    {
        get
        {
            var contracts = new HashSet<JsonTypeInfo>();
            var found = new Stack<Type>(
                from attribute in typeof(EtlJson).GetCustomAttributesData()
                where attribute.AttributeType == typeof(JsonSerializableAttribute)
                select (Type)attribute.ConstructorArguments[0].Value!);
            while (found.TryPop(out Type? type))
            {
                JsonTypeInfo contract = EtlJson.Web.Options.GetTypeInfo(type);
                if (contracts.Add(contract))
                {
                    IEnumerable<Type?> next = contract.Properties.Select(static property => property.PropertyType)
                        .Append(contract.ElementType).Append(Nullable.GetUnderlyingType(type));
                    next.OfType<Type>().ToList().ForEach(found.Push);
                }
            }

            return contracts;
        }
    }

    private static string TypeOf(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } underlying => TypeOf(underlying),
        _ when type == typeof(Palette) => "palette",
        _ when type == typeof(string) || type == typeof(DateTimeOffset) => "string",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) || type == typeof(double) => "number",
        _ when type == typeof(JsonValue) => "any",
        _ when type.IsAssignableTo(typeof(IEnumerable)) => "array",
        _ => "object",
    };
}
