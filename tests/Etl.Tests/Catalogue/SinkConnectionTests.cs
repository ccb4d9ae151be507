using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Catalogue.Sqlite;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace Etl.Tests.Catalogue;

/// <summary>Tests the sink's connection and its database metrics. The last connection to close removes a write-ahead log,
/// so the log's absence shows that no connection is open.</summary>
public sealed class SinkConnectionTests : IDisposable
{
    private static readonly Palette Some = new(new Rgb(1, 2, 3));
    private static readonly Movie First = new(new RowKey(1), new MovieId("a"));

    private readonly TestCatalogue _catalogue = new(
        $"PRAGMA journal_mode = wal; {TestCatalogue.Movies}; INSERT INTO movies (id) VALUES ('a'), ('b')");

    private bool HasLog => File.Exists(_catalogue.Options.Query.Database + "-wal");

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Close_AfterPalettesAndFailures_LetsGoOfTheDatabase()
    {
        IReadOnlyList<Movie> movies = _catalogue.Missing();
        SqlitePaletteSink sink = _catalogue.Sink();
        sink.Open();
        sink.Write([new(movies[0], Some), Failed(movies[1])], new Outcome[2]);
        bool before = HasLog;

        sink.Close();

        Assert.Equal((true, false), (before, HasLog));
    }

    [Fact]
    public void Open_Twice_IsOneConnection()
    {
        SqlitePaletteSink sink = _catalogue.Sink();
        sink.Open();
        sink.Open();

        sink.Close();

        Assert.False(HasLog);
    }

    [Fact]
    public void Open_ThereIsNoSuchTable_LetsGoOfTheDatabase()
    {
        _catalogue.Options.Query.Table = "films";

        Assert.Throws<CatalogueException>(_catalogue.Sink().Open);

        Assert.False(HasLog);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_NotOpen_SaysSo(bool closed)
    {
        SqlitePaletteSink sink = _catalogue.Sink();
        if (closed)
        {
            sink.Open();
            sink.Close();
        }

        var error = Assert.Throws<InvalidOperationException>(() => sink.Write([], []));

        Assert.Equal("The sink is not open.", error.Message);
    }

    [Fact]
    public void Write_Batch_IsTimed()
    {
        using MetricCollector<double> durations = Durations();

        _catalogue.Write(new Item<Palette>(First, Some));

        CollectedMeasurement<double> one = Assert.Single(durations.GetMeasurementSnapshot(), IsBatch);
        Assert.False(one.Tags.ContainsKey(EtlTags.ErrorType));
    }

    [Fact]
    public void Write_BatchFails_IsTimedWithTheDatabasesCode()
    {
        _catalogue.Execute("CREATE TRIGGER fail BEFORE UPDATE ON movies BEGIN SELECT abs(-9223372036854775808); END");
        using MetricCollector<double> durations = Durations();

        Assert.Throws<CatalogueException>(() => _catalogue.Write(new Item<Palette>(First, Some)));

        CollectedMeasurement<double> one = Assert.Single(durations.GetMeasurementSnapshot(), IsBatch);
        Assert.Equal("1", one.Tags["db.response.status_code"]);
    }

    private MetricCollector<double> Durations() => new(_catalogue.Meters, EtlTelemetry.MeterName, "db.client.operation.duration");

    private static bool IsBatch(CollectedMeasurement<double> one) => Equals("BATCH UPDATE", one.Tags["db.operation.name"]);

    private static Item<Palette> Failed(Movie movie) =>
        new(movie, default, null, new Failure("decode", FailureReason.Corrupt, "It is damaged.", Version: null));
}
