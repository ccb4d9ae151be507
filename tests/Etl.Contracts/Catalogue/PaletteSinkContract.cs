using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Contracts.Catalogue;

/// <summary>Contract tests for sinks of palettes.</summary>
public abstract class PaletteSinkContract(CatalogueUnderTest catalogue) : CatalogueContract(catalogue)
{
    [Fact]
    public void Write_PaletteIsMissing_FillsItAndNothingElse()
    {
        AddMissing("a", "b");

        Outcome[] outcomes = Write(Filled(Missing("a")));

        Assert.Equal([new Outcome(OutcomeKind.Written)], outcomes);
        Assert.Equal(Red, Catalogue.Palettes.Find("a"));
        Assert.Equal(["b"], MissingIds());
    }

    [Fact]
    public void Write_FilledMeanwhile_IsSupersededAndKept()
    {
        AddMissing("a");
        Movie movie = Missing("a");
        Catalogue.Fill(movie.Id, Blue);

        Assert.Equal([new Outcome(OutcomeKind.Superseded)], Write(Filled(movie)));
        Assert.Equal(Blue, Catalogue.Palettes.Find("a"));
    }

    [Fact]
    public void Write_FilledMeanwhileAndFailed_IsSupersededWithoutADeadLetter()
    {
        AddMissing("a");
        FailEach(FailureReason.Corrupt, "a");
        Movie movie = Missing("a");
        Catalogue.Fill(movie.Id, Blue);

        Assert.Equal([new Outcome(OutcomeKind.Superseded)], Write(Failed(movie)));
        Assert.Empty(Catalogue.DeadLetters.Read());
    }

    [Fact]
    public void Write_RemovedMeanwhile_IsSuperseded()
    {
        AddMissing("a", "b", "c");
        IReadOnlyList<Movie> movies = Missing();
        Catalogue.Remove(new MovieId("a"));
        Catalogue.Remove(new MovieId("b"));

        Outcome[] outcomes = Write(
            Filled(movies.Single(movie => movie.Id.Text == "a")), Failed(movies.Single(movie => movie.Id.Text == "b")));

        Assert.All(outcomes, outcome => Assert.Equal(new Outcome(OutcomeKind.Superseded), outcome));
        Assert.Equal(["c"], MissingIds());
        Assert.Empty(Catalogue.DeadLetters.Read());
    }

    [Fact]
    public void Write_RowReplacedMeanwhile_FillsTheRowOfTheId()
    {
        AddMissing("a", "b");
        Movie movie = Missing("a");
        Catalogue.Remove(movie.Id);
        AddMissing("a");

        Assert.Equal([new Outcome(OutcomeKind.Written)], Write(Filled(movie)));
        Assert.Equal(["b"], MissingIds());
    }

    [Fact]
    public void Write_Failure_BecomesADeadLetter()
    {
        AddMissing("a");
        Item<Palette> item = Failed(Missing("a"));

        Assert.Equal([new Outcome(OutcomeKind.DeadLetter, item.Failure)], Write(item));
        StoredDeadLetter stored = Assert.Single(Catalogue.DeadLetters.Read());
        Assert.Equal(
            (new MovieId("a"), "decode", "corrupt", "It failed.", 1),
            (stored.MovieId, stored.Stage, stored.Reason, stored.Message, stored.Attempts));
        Assert.Equal((1_234L, "2025-06-07T08:09:10.0000000Z", "\"tag\""), (stored.CoverSize, stored.CoverMtime, stored.CoverEtag));
        Assert.Equal((Time(), Time()), (stored.FirstAt, stored.LastAt));
        Assert.Equal(["a"], MissingIds());
    }

    [Fact]
    public void Write_FailsAgain_CountsTheAttempts()
    {
        AddMissing("a");
        string first = Time();
        FailEach(FailureReason.Timeout, "a");
        Catalogue.Clock.Advance(TimeSpan.FromHours(1));

        Write(Failed(Missing("a"), FailureReason.Corrupt, "It failed again."));

        StoredDeadLetter stored = Assert.Single(Catalogue.DeadLetters.Read());
        Assert.Equal(("corrupt", "It failed again.", 2), (stored.Reason, stored.Message, stored.Attempts));
        Assert.Equal((first, Time()), (stored.FirstAt, stored.LastAt));
    }

    [Fact]
    public void Write_PaletteAfterAFailure_RemovesTheDeadLetter()
    {
        AddMissing("a", "b");
        FailEach(FailureReason.Timeout, "a", "b");

        Write(Filled(Missing("a")));

        Assert.Equal([new MovieId("b")], Catalogue.DeadLetters.Read().Select(letter => letter.MovieId));
    }

    [Fact]
    public void Write_Skipped_ChangesNothing()
    {
        AddMissing("a");
        FailEach(FailureReason.Corrupt, "a");
        StoredDeadLetter before = Catalogue.DeadLetters.Read().Single();
        Catalogue.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([new Outcome(OutcomeKind.Skipped)], Write(Skipped(Missing("a"))));
        Assert.Equal(before, Assert.Single(Catalogue.DeadLetters.Read()));
        Assert.Equal(["a"], MissingIds());
    }

    [Fact]
    public void Write_DamagedCover_IsListedUntilThereIsAnotherPalette()
    {
        AddMissing("a");

        Assert.Equal([new Outcome(OutcomeKind.Written, IsDamaged: true)], Write(Damaged(Missing("a"))));
        StoredDamage stored = Assert.Single(Catalogue.DamagedPalettes.Read());
        Assert.Equal((new MovieId("a"), "It is damaged.", Time()), (stored.MovieId, stored.Message, stored.At));
        Assert.Equal((1_234L, "2025-06-07T08:09:10.0000000Z", "\"tag\""), (stored.CoverSize, stored.CoverMtime, stored.CoverEtag));

        Catalogue.Palettes.Reset(ResetSelection.All);
        Write(Filled(Missing("a")));
        Assert.Empty(Catalogue.DamagedPalettes.Read());
    }

    [Fact]
    public void Write_Batch_SaysWhatBecameOfEachInItsOrder()
    {
        AddMissing("a", "b", "c", "d", "e");
        IReadOnlyList<Movie> movies = [.. Missing().OrderBy(movie => movie.Id.Text)];
        Catalogue.Fill(movies[3].Id, Blue);
        Item<Palette>[] batch =
            [Failed(movies[4]), Skipped(movies[1]), Filled(movies[3]), Damaged(movies[2]), Filled(movies[0])];
        var outcomes = new Outcome[batch.Length + 1];

        Catalogue.Sink.Open();
        BatchResult result = Catalogue.Sink.Write(batch, outcomes);

        Assert.Equal(
            [
                new(OutcomeKind.DeadLetter, batch[0].Failure), new(OutcomeKind.Skipped), new(OutcomeKind.Superseded),
                new(OutcomeKind.Written, IsDamaged: true), new(OutcomeKind.Written), default,
            ],
            outcomes);
        Assert.Equal(BatchResult.Of(outcomes.AsSpan(0, batch.Length)), result);
        Assert.Equal(new BatchResult { Written = 2, DeadLetters = 1, Superseded = 1, Skipped = 1, Damaged = 1 }, result);
    }

    [Fact]
    public void Write_EmptyBatch_WritesNothing()
    {
        Catalogue.Sink.Open();

        Assert.Equal(default, Catalogue.Sink.Write([], []));
    }

    [Fact]
    public void Write_FailsInTheMiddle_WritesNothing()
    {
        AddMissing("a", "b");
        Item<Palette>[] batch = [Filled(Missing("a")), Filled(Missing("b"))];
        Catalogue.Sink.Open();

        Assert.ThrowsAny<Exception>(() => Catalogue.Sink.Write(batch, new Outcome[1])); // no room for the second

        Assert.Equal(["a", "b"], MissingIds().Order());
        Assert.Equal(2, Catalogue.Sink.Write(batch, new Outcome[2]).Written);
    }

    [Fact]
    public void Open_AgainAfterClose_CanBeUsedAgain()
    {
        AddMissing("a", "b");
        IPaletteSink sink = Catalogue.Sink;

        sink.Open();
        sink.Open();
        Assert.Equal(1, sink.Write([Filled(Missing("a"))], new Outcome[1]).Written);
        sink.Close();
        sink.Close();
        sink.Open();
        Assert.Equal(1, sink.Write([Filled(Missing("b"))], new Outcome[1]).Written);
    }

    [Fact]
    public void Write_NotOpen_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => Catalogue.Sink.Write([], []));
        Catalogue.Sink.Open();
        Catalogue.Sink.Close();
        Assert.Throws<InvalidOperationException>(() => Catalogue.Sink.Write([], []));
        Assert.Throws<InvalidOperationException>(() => Catalogue.Sink.CountStillMissing());
    }

    [Fact]
    public void CountStillMissing_SupersededMoviesAreFilledOrGone_IsZero()
    {
        AddMissing("a", "b", "c");
        Item<Palette>[] batch = [.. Missing().Select(Filled)];
        Catalogue.Fill(new MovieId("a"), Blue);
        Catalogue.Remove(new MovieId("b"));
        Catalogue.Sink.Open();

        Assert.Equal(2, Catalogue.Sink.Write(batch, new Outcome[3]).Superseded);
        Assert.Equal(0, Catalogue.Sink.CountStillMissing());
    }

    private string Time() => $"{Catalogue.Clock.GetUtcNow().UtcDateTime:O}";
}
