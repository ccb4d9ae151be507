using PaletteEtl.Catalogue;
using PaletteEtl.Model;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for stores of dead letters.</summary>
public abstract class DeadLettersContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    private IDeadLetters Letters => Catalogue.DeadLetters;

    [Fact]
    public void Members_NeverADeadLetter_FindNone()
    {
        AddMissing("a");

        Assert.Empty(Letters.CountByReason());
        Assert.Empty(Letters.Read());
        Assert.Empty(Letters.ReadBack());
        Assert.Equal(0, Letters.Retry());
        Assert.Equal(0, Letters.Retry([1], ids: null));
        Assert.Equal(0, Letters.Prune());
    }

    [Fact]
    public void CountByReason_SomeReasons_GivesTheMostFrequentFirst()
    {
        FailThree();

        Assert.Equal([new ReasonCount("timeout", 2), new ReasonCount("corrupt", 1)], Letters.CountByReason());
        AddMissing("d");
        FailEach(FailureReason.Corrupt, "d");
        Assert.Equal(["corrupt", "timeout"], Letters.CountByReason().Select(count => count.Reason));
    }

    [Fact]
    public void Read_SomeReasons_GivesThemInTheOrderTheyCame()
    {
        FailThree();

        Assert.Equal(["c", "a", "b"], Ids(Letters.Read()));
        Assert.Equal(["c", "b"], Ids(Letters.Read("timeout")));
        Assert.Empty(Letters.Read("empty"));
        Assert.Equal(Letters.Read().Select(letter => letter.Key).Order(), Letters.Read().Select(letter => letter.Key));
    }

    [Fact]
    public void ReadBack_Key_GivesThoseBeforeItTheLastFirst()
    {
        FailThree();
        long last = Letters.Read().Last().Key;

        Assert.Equal(["b", "a", "c"], Ids(Letters.ReadBack()));
        Assert.Equal(["a", "c"], Ids(Letters.ReadBack(before: last)));
        Assert.Equal(["c"], Ids(Letters.ReadBack("timeout", last)));
    }

    [Fact]
    public void Read_ChangedBetweenTwo_IsNotDisturbed()
    {
        FailThree();

        Assert.Equal(3, Letters.Read().Count(letter => Letters.Retry([letter.Key], ids: null) == 1));
    }

    [Fact]
    public void Retry_Reason_SetsTheAttemptsOfThoseToZero()
    {
        FailThree();

        Assert.Equal(2, Letters.Retry("timeout"));
        Assert.Equal([0L, 1L, 0L], Letters.Read().Select(letter => letter.Attempts));
        Assert.Equal(3, Letters.Retry());
        Assert.All(Missing(), movie => Assert.Equal(0, movie.Previous!.Attempts));
    }

    [Fact]
    public void Retry_Keys_SetsTheAttemptsOfThoseToZero()
    {
        FailThree();
        long[] keys = [.. Letters.Read().Select(letter => letter.Key)];

        Assert.Equal(2, Letters.Retry([keys[0], keys[2], keys[2] + 1_000], ids: null));
        Assert.Equal([0L, 1L, 0L], Letters.Read().Select(letter => letter.Attempts));
    }

    [Fact]
    public void Retry_KeysWithIds_PassesOverThoseOfAnotherId()
    {
        FailThree();
        long[] keys = [.. Letters.Read().Select(letter => letter.Key)];

        Assert.Equal(1, Letters.Retry(keys, ["c", "x", null]));
        Assert.Equal([0L, 1L, 1L], Letters.Read().Select(letter => letter.Attempts));
    }

    [Fact]
    public void Prune_MoviesAreGone_DeletesTheirDeadLetters()
    {
        FailThree();
        Catalogue.Remove(new MovieId("a"));
        Catalogue.Remove(new MovieId("b"));

        Assert.Equal(1, Letters.Prune("timeout"));
        Assert.Equal(["c", "a"], Ids(Letters.Read()));
        Assert.Equal(1, Letters.Prune());
        Assert.Equal(["c"], Ids(Letters.Read()));
    }

    [Fact]
    public void Prune_IdOfAnotherTypeRemains_DeletesTheDeadLetter()
    {
        AddMissing("5");
        FailEach(FailureReason.Corrupt, "5");
        Catalogue.Remove(new MovieId("5"));
        Catalogue.Add(new MovieId(5L), palette: null);

        Assert.Equal(1, Letters.Prune());
    }

    private void FailThree()
    {
        AddMissing("a", "b", "c");
        FailEach(FailureReason.Timeout, "c");
        FailEach(FailureReason.Corrupt, "a");
        FailEach(FailureReason.Timeout, "b");
    }

    private static IEnumerable<string?> Ids(IEnumerable<StoredDeadLetter> letters) => letters.Select(letter => letter.MovieId.Text);
}
