using PaletteEtl.Model;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for sources of movies.</summary>
public abstract class MovieSourceContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    [Fact]
    public void ReadMissing_NoMovies_GivesNone()
    {
        Assert.Empty(Missing());
        Assert.Equal(0, Catalogue.Movies.CountMissing(CancellationToken.None));
    }

    [Fact]
    public void ReadMissing_SomeAreFilled_GivesTheOthersOnce()
    {
        AddMissing("a", "b");
        Catalogue.Add(new MovieId("filled"), Red);
        AddMissing("c");

        Assert.Equal(["a", "b", "c"], MissingIds().Order());
        Assert.Equal(3, Catalogue.Movies.CountMissing(CancellationToken.None));
    }

    [Fact]
    public void ReadMissing_ManyMovies_GivesEachOnce()
    {
        string[] ids = [.. Enumerable.Range(1, 2_500).Select(i => $"{i:D5}")];
        AddMissing(ids);

        Assert.Equal(ids, MissingIds().Order());
        Assert.Equal(ids.Length, Catalogue.Movies.CountMissing(CancellationToken.None));
    }

    [Fact]
    public void ReadMissing_EnumeratedAgain_BeginsAnew()
    {
        AddMissing("a", "b");
        IEnumerable<Movie> movies = Catalogue.Movies.ReadMissing(CancellationToken.None);

        Assert.Equal(2, movies.Count());
        Catalogue.Fill(new MovieId("a"), Red);
        Assert.Equal(["b"], movies.Select(movie => movie.Id.Text));
    }

    [Fact]
    public void ReadMissing_IdsOfAnyType_AreTheIdsAsTheyAreStored()
    {
        object?[] stored = ["a", "", 5L, "5", "0005", 0.5, null, new byte[] { 1, 255 }];
        HashSet<MovieId> ids = [.. stored.Select(id => new MovieId(id))];
        foreach (MovieId id in ids)
        {
            Catalogue.Add(id, palette: null);
        }

        Assert.Equal(stored.Length, ids.Count);
        Assert.Equal(stored.Length, Missing().Count);
        Assert.True(ids.SetEquals(Missing().Select(movie => movie.Id)), "The ids differ.");
    }

    [Fact]
    public void ReadMissing_FailedBefore_HasTheDeadLetterAsPrevious()
    {
        AddMissing("a", "b");
        FailEach(FailureReason.TooLarge, "a");

        Assert.Equal(new DeadLetter(FailureReason.TooLarge, 1, Version, "decode", Catalogue.Clock.GetUtcNow()), Missing("a").Previous);
        Assert.Null(Missing("b").Previous);
    }

    [Fact]
    public void ReadMissing_DrainingAlready_EndsWithoutAMovie()
    {
        AddMissing("a");

        Assert.Empty(Catalogue.Movies.ReadMissing(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void ReadMissing_DrainingMeanwhile_EndsWithoutAnException()
    {
        AddMissing([.. Enumerable.Range(1, 2_500).Select(i => $"{i:D5}")]);
        using var draining = new CancellationTokenSource();
        var ids = new HashSet<MovieId>();

        foreach (Movie movie in Catalogue.Movies.ReadMissing(draining.Token))
        {
            Assert.True(ids.Add(movie.Id), "A movie was read twice.");
            draining.Cancel();
        }

        Assert.InRange(ids.Count, 1, 2_499);
    }

    [Fact]
    public void ReadMissing_SinkWritesBetweenTwoMovies_IsNotDisturbed()
    {
        AddMissing("a", "b", "c");

        int read = 0;
        foreach (Movie movie in Catalogue.Movies.ReadMissing(CancellationToken.None))
        {
            read++;
            Assert.Equal([new Outcome(OutcomeKind.Written)], Write(Filled(movie)));
        }

        Assert.Equal(3, read);
        Assert.Empty(Missing());
    }
}
