using Etl.Host.Recovery;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Recovery;

public sealed class JournaledSinkTests : IDisposable
{
    private static readonly MovieId Id = new("0114709");

    private readonly string _folder = Directory.CreateTempSubdirectory("etl-journal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(StageNames.Decode, FailureReason.Crashed, false)]
    [InlineData(StageNames.Decode, FailureReason.Timeout, false)]
    [InlineData(StageNames.Fetch, FailureReason.Timeout, true)] // a slow server says nothing of the cover
    [InlineData(StageNames.Fetch, FailureReason.NotFound, true)]
    public void Write_FailureOfASuspect_SettlesItWhenItsCoverHasBeenTried(string stage, FailureReason reason, bool suspect)
    {
        using (DecodeJournal crashed = Journal())
        {
            crashed.Open();
            crashed.Enter(Id);
        }

        using DecodeJournal journal = Journal();
        journal.Open();
        var sink = new JournaledSink(new NoSink(), journal);

        sink.Write([new Item<Palette>(new Movie(new RowKey(1), Id), default, Failure: new(stage, reason, "", Version: null))], new Outcome[1]);

        Assert.Equal(suspect, journal.Find(Id) is not null);
    }

    private DecodeJournal Journal() => new(Path.Combine(_folder, "movies.db"));

    private sealed class NoSink : IPaletteSink
    {
        public void Open()
        {
        }

        public BatchResult Write(ReadOnlySpan<Item<Palette>> batch, Span<Outcome> outcomes) => default;

        public long CountStillMissing() => 0;

        public void Close()
        {
        }
    }
}
