namespace Etl.IntegrationTests.Architecture;

/// <summary>Dependencies point one way, and SQLite stays in its folder.</summary>
public sealed class LayerTests
{
    public static TheoryData<string> All => [.. Layers.Allowed.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Types_OfALayer_UseNoLayerThatTheirsMayNotUse(string layer) => Assert.Empty(
        Layers.Uses[layer]
            .Where(use => !Layers.Allowed[layer].Contains(Layers.LayerOf(use.Used)))
            .Select(use => $"{use.User.FullName} uses {use.Used.FullName}")
            .Distinct());

    [Fact]
    public void Allowed_EachLayer_UsesLayersBelowItAlone()
    {
        string[] order = [.. Layers.Allowed.Keys];

        Assert.All(Layers.Allowed, pair => Assert.All(pair.Value, used => Assert.True(
            Array.IndexOf(order, used) > Array.IndexOf(order, pair.Key), $"{pair.Key} may use {used}, which is above it.")));
    }

    [Fact]
    public void Types_OfTheLibrary_AreEachInALayer() =>
        Assert.Empty(Layers.Uses.Select(uses => uses.Key).Except(Layers.Allowed.Keys));

    [Fact]
    public void Types_ThatUseSqlite_AreInItsFolder() => Assert.All(
        Layers.UsersOfSqlite, type => Assert.StartsWith("PaletteEtl.Catalogue.Sqlite.", type, StringComparison.Ordinal));

    [Fact]
    public void Table_OfTheArchitecturePage_IsThatOfTheCompiledTypes()
    {
        string rows = string.Join('\n', Layers.Rows);
        TestContext.Current.TestOutputHelper!.WriteLine(rows);

        Assert.Contains($"\n{rows}\n<!-- end -->\n", File.ReadAllText(Repository.PathOf("docs/architecture.md")), StringComparison.Ordinal);
    }
}
