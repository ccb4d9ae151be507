using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for lists of palettes of damaged covers.</summary>
public abstract class DamagedPalettesContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    private IDamagedPalettes Damage => Catalogue.DamagedPalettes;

    [Fact]
    public void Members_NeverADamagedCover_FindNone()
    {
        Assert.Equal(0, Damage.Count());
        Assert.Empty(Damage.Read());
        Assert.Empty(Damage.ReadBack());
        Assert.Equal(0, Damage.Prune());
    }

    [Fact]
    public void Read_Some_GivesThemInTheOrderTheyCame()
    {
        AddMissing("a", "b", "c");
        DamageEach("b", "c", "a");

        Assert.Equal(3, Damage.Count());
        Assert.Equal(["b", "c", "a"], Ids(Damage.Read()));
        Assert.Equal(Damage.Read().Select(damage => damage.Key).Order(), Damage.Read().Select(damage => damage.Key));
    }

    [Fact]
    public void ReadBack_Key_GivesThoseBeforeItTheLastFirst()
    {
        AddMissing("a", "b", "c");
        DamageEach("b", "c", "a");

        Assert.Equal(["a", "c", "b"], Ids(Damage.ReadBack()));
        Assert.Equal(["c", "b"], Ids(Damage.ReadBack(Damage.Read().Last().Key)));
    }

    [Fact]
    public void Prune_MoviesAreGone_ForgetsTheirDamage()
    {
        AddMissing("a", "b");
        DamageEach("a", "b");
        Catalogue.Remove(new MovieId("a"));

        Assert.Equal(1, Damage.Prune());
        Assert.Equal(["b"], Ids(Damage.Read()));
    }

    private static IEnumerable<string?> Ids(IEnumerable<StoredDamage> damage) => damage.Select(one => one.MovieId.Text);
}
