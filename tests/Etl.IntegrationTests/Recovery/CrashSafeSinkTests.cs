using Etl.Host.Recovery;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.IntegrationTests.Recovery;

public sealed class CrashSafeSinkTests : IDisposable
{
    private static readonly MovieId Id = new("0114709");

    private readonly string _folder = Directory.CreateTempSubdirectory("etl-crash-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(StageNames.Decode, FailureReason.Crashed, false)]
    [InlineData(StageNames.Decode, FailureReason.Timeout, false)]
    [InlineData(StageNames.Decode, FailureReason.Memory, false)]
    [InlineData(StageNames.Fetch, FailureReason.Timeout, true)] // a slow server says nothing of the cover
    [InlineData(StageNames.Fetch, FailureReason.NotFound, true)]
    public void Write_FailureOfASuspect_RemovesItWhenItsCoverHasBeenTried(string stage, FailureReason reason, bool suspect)
    {
        using (CrashLog crashed = CreateLog())
        {
            crashed.Open();
            crashed.Enter(Id);
        }

        using CrashLog log = CreateLog();
        log.Open();
        var sink = new CrashSafeSink(new NoSink(), log);

        sink.Write([new Item<Palette>(new Movie(new RowKey(1), Id), default, Failure: new(stage, reason, "", Version: null))], new Outcome[1]);

        Assert.Equal(suspect, log.Find(Id) is not null);
    }

    private CrashLog CreateLog() => new(Path.Combine(_folder, "movies.db"));

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
