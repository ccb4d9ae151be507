using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for stores of palettes.</summary>
public abstract class PalettesContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    [Fact]
    public void Find_Id_ComparesItAsItReads()
    {
        Catalogue.Add(new MovieId("005"), Red);
        Catalogue.Add(new MovieId(5L), Blue);
        AddMissing("missing");

        Assert.Equal(Red, Catalogue.Palettes.Find("005"));
        Assert.Equal(Blue, Catalogue.Palettes.Find("5"));
        Assert.Null(Catalogue.Palettes.Find("missing"));
        Assert.Null(Catalogue.Palettes.Find("unknown"));
    }

    [Fact]
    public void Reset_All_EmptiesEveryPalette()
    {
        AddThree();

        Assert.Equal(3, Catalogue.Palettes.Preview(ResetSelection.All).Palettes);
        Assert.Equal(["missing"], MissingIds());
        Assert.Equal(3, Catalogue.Palettes.Reset(ResetSelection.All).Palettes);
        Assert.Equal(["a", "b", "c", "missing"], MissingIds().Order());
        Assert.Equal(0, Catalogue.Palettes.Reset(ResetSelection.All).Palettes);
    }

    [Fact]
    public void Reset_First_EmptiesThoseAtTheBeginning()
    {
        AddThree();

        Assert.Equal(2, Catalogue.Palettes.Preview(ResetSelection.First(2)).Palettes);
        Assert.Equal(2, Catalogue.Palettes.Reset(ResetSelection.First(2)).Palettes);
        Assert.Equal(["a", "b", "missing"], MissingIds().Order());
    }

    [Fact]
    public void Reset_Ids_EmptiesThoseAndNamesTheUnknown()
    {
        AddThree();
        ResetSelection selection = ResetSelection.Of(["y", "b", "missing", "x"]);

        ResetResult preview = Catalogue.Palettes.Preview(selection);
        ResetResult result = Catalogue.Palettes.Reset(selection);

        Assert.Equal((1, 1), (preview.Palettes, result.Palettes));
        Assert.Equal(["x", "y"], preview.UnknownIds);
        Assert.Equal(["x", "y"], result.UnknownIds);
        Assert.Equal(["b", "missing"], MissingIds().Order());
    }

    [Fact]
    public void Reset_Damaged_EmptiesThoseThatHaveNotBeenReplaced()
    {
        AddThree();
        AddMissing("d", "e");
        DamageEach("d", "e");
        Catalogue.Fill(new MovieId("e"), Blue);

        Assert.Equal(1, Catalogue.Palettes.Preview(ResetSelection.Damaged).Palettes);
        Assert.Equal(1, Catalogue.Palettes.Reset(ResetSelection.Damaged).Palettes);
        Assert.Equal(["d", "missing"], MissingIds().Order());
        Assert.Equal([new MovieId("e")], Catalogue.DamagedPalettes.Read().Select(damage => damage.MovieId));
    }

    [Fact]
    public void Reset_All_ForgetsTheDamageAndKeepsTheDeadLetters()
    {
        AddMissing("a", "b");
        DamageEach("a");
        FailEach(FailureReason.Corrupt, "b");

        Catalogue.Palettes.Reset(ResetSelection.All);

        Assert.Equal(0, Catalogue.DamagedPalettes.Count());
        Assert.Single(Catalogue.DeadLetters.Read());
    }

    private void AddThree()
    {
        foreach (string id in (ReadOnlySpan<string>)["a", "b", "c"])
        {
            Catalogue.Add(new MovieId(id), Red);
        }

        AddMissing("missing");
    }
}
