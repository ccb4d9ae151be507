using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for statuses of a catalogue.</summary>
public abstract class CatalogueStatusContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    [Fact]
    public void Read_NoMovies_CountsNone()
    {
        CatalogueStatus status = Catalogue.Status.Read();

        Assert.Equal((0, 0, 0, 0), (status.Movies, status.Missing, status.Done, status.Damaged));
        Assert.Empty(status.DeadLetters);
    }

    [Fact]
    public void Read_SomeOfEach_CountsThem()
    {
        AddMissing("a", "b", "c", "d");
        Catalogue.Add(new MovieId("e"), Red);
        Catalogue.Add(new MovieId("f"), Red);
        DamageEach("a");
        FailEach(FailureReason.Timeout, "b", "c");
        FailEach(FailureReason.Empty, "d");

        CatalogueStatus status = Catalogue.Status.Read();

        Assert.Equal((6, 3, 3, 1, 0), (status.Movies, status.Missing, status.Done, status.Damaged, status.Unreadable));
        Assert.Equal(3, status.Failed);
        Assert.Equal([new ReasonCount("timeout", 2), new ReasonCount("empty", 1)], status.DeadLetters);
    }

    [Fact]
    public void Read_MissingPalettesWithAndWithoutADeadLetter_CountsThoseThatFailed()
    {
        AddMissing("a", "b", "c");
        FailEach(FailureReason.Timeout, "b");

        CatalogueStatus status = Catalogue.Status.Read();

        Assert.Equal((3, 1), (status.Missing, status.Failed));
    }
}
