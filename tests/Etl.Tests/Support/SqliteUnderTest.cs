using Etl.Contracts.Catalogue;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using PaletteEtl.Catalogue;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

namespace Etl.Tests.Support;

/// <summary>A SQLite catalogue in a real file, for the contracts of its ports.</summary>
internal sealed class SqliteUnderTest : CatalogueUnderTest
{
    /// <summary>A table whose rows have a rowid.</summary>
    public const string Rowids = "CREATE TABLE movies (id, palette_json TEXT)";

    /// <summary>A table whose rows have a primary key of two columns, neither of them the id.</summary>
    public const string PrimaryKeys =
        "CREATE TABLE movies (id, palette_json TEXT, part TEXT DEFAULT 'x', place INTEGER, PRIMARY KEY (part, place)) WITHOUT ROWID";

    private readonly TestCatalogue _catalogue;
    private readonly SqliteConnection _other;
    private readonly string _place;
    private long _places;

    public SqliteUnderTest(string sql)
    {
        _catalogue = new TestCatalogue(sql);
        _other = _catalogue.Connect();
        Execute("PRAGMA synchronous = OFF", default, palette: null);
        _place = sql == Rowids ? "rowid" : "place";
        Movies = _catalogue.Source();
        Sink = _catalogue.Sink();
    }

    public override IMovieSource Movies { get; }

    public override IPaletteSink Sink { get; }

    public override IPalettes Palettes => _catalogue.Catalogue.Palettes;

    public override IDeadLetters DeadLetters => _catalogue.Catalogue.DeadLetters;

    public override IDamagedPalettes DamagedPalettes => _catalogue.Catalogue.DamagedPalettes;

    public override ICatalogueStatus Status => _catalogue.Catalogue.Status;

    public override FakeTimeProvider Clock => _catalogue.Clock;

    public override void Add(MovieId id, Palette? palette) =>
        Execute($"INSERT INTO movies ({_place}, id, palette_json) VALUES ({++_places}, $id, $palette)", id, palette);

    public override void Fill(MovieId id, Palette palette) =>
        Execute("UPDATE movies SET palette_json = $palette WHERE id IS $id", id, palette);

    public override void Remove(MovieId id) => Execute("DELETE FROM movies WHERE id IS $id", id, palette: null);

    public override void Dispose()
    {
        Sink.Close();
        _other.Dispose();
        _catalogue.Dispose();
        base.Dispose();
    }

    private void Execute(string sql, MovieId id, Palette? palette)
    {
        using SqliteCommand command = _other.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", id.Stored ?? DBNull.Value);
        command.Parameters.AddWithValue("$palette", palette?.ToJson() ?? (object)DBNull.Value);
        command.ExecuteNonQuery();
    }
}
