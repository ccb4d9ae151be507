using Etl.Host;
using Microsoft.Data.Sqlite;

namespace Etl.IntegrationTests.Configuration;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new ConfigurationFolder()
        .WithFile("etl.json", """{ "Etl": { "Query": { "Database": "m.db" }, "Fetch": { "Locations": ["{id}.jpg"] } } }""");

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Validate_EverythingThere_SaysWhatIsFine()
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL), ('2', '')");
        _folder.WithFile("2.jpg", "some bytes");

        int code = await RunAsync();

        Assert.Equal(0, code);
        Assert.Empty(_errors.ToString());
        Assert.Equal(
            ["configuration", "SkiaSharp", "JPEG", "AVIF", "libvips", "damage", "folders", "database", "names", "table", "writes", "palettes", "covers"],
            _output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => line.Split(' ')[2]));
        Assert.Contains("ok  covers         the cover of movie 2 is found", _output.ToString());
    }

    [Theory]
    [InlineData("Etl:Decode:TurboJpeg=Never", "JPEG: not looked for; Etl:Decode:Strict has it looked for. ")]
    [InlineData("Etl:Decode:Strict=true", "JPEG: found, but not in arithmetic codes or 12 bits. ")]
    [InlineData("Etl:Quantize:Algorithm=Oklab", "JPEG: found in baseline pictures of 100,000 pixels and more; Etl:Decode:Strict has it looked for in others. ")]
    public async Task Validate_Always_SaysInWhichCoversDamageIsFound(string setting, string jpeg)
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL)");

        await RunAsync("--set", setting);

        Assert.Contains(
            $"ok  damage         {jpeg}PNG, AVIF: found. WebP, GIF, BMP: found where the codec fails, since they have no checksums",
            _output.ToString());
    }

    [Fact]
    public async Task Validate_ServerFails_IsNotAskedForEveryMovie()
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL), ('2', '')");
        await using CoverServer server = await CoverServer.StartAsync(Answers.Status(500));

        int code = await RunAsync(
            "--set", $"Etl:Fetch:Locations={server.Url}/{{id}}.jpg?token=s3cret", "--set", "Etl:Fetch:Retries=0");

        Assert.Equal((1, 1), (code, server.Requests));
        Assert.Equal($"etl: {server.Url}/1.jpg?… answered 500.", _errors.ToString().TrimEnd());
    }

    [Fact]
    public async Task Validate_NoPaletteMissing_NeedsNoCover()
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', '[]')");

        Assert.Equal(0, await RunAsync());
        Assert.Contains("no palette is missing", _output.ToString());
    }

    [Fact]
    public async Task Validate_NoCoverFound_EndsWithOne()
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL), ('2', '')");

        Assert.Equal(1, await RunAsync());
        Assert.StartsWith(
            "etl: No cover found for the first 2 movies without a palette: ",
            _errors.ToString());
    }

    [Fact]
    public async Task Validate_CoverThatFailedBefore_IsFoundAllTheSame()
    {
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL)");
        _folder.WithFile("1.jpg", "no picture");
        await Program.RunAsync(["run", "--config", _folder.PathOf("etl.json")], TextWriter.Null, TextWriter.Null);

        Assert.Equal(0, await RunAsync());
        Assert.Contains("the cover of movie 1 is found", _output.ToString());
    }

    [Fact]
    public async Task Validate_SeveralProblemsOfACatalogue_NamesAllAndChangesNothing()
    {
        CreateCatalogue(
            """
            INSERT INTO movies VALUES ('1', NULL), ('2 ', ''), ('3\r', NULL), ('4', NULL), ('5', 'null'), ('6', '[]'), ('7', NULL), ('8', '[[1,2,3]]'), ('9', '[[1,2,3]]');
            UPDATE movies SET id = replace(id, '\r', char(13));
            CREATE TABLE etl_schema (name TEXT);
            CREATE VIEW etl_damaged AS SELECT 1;
            CREATE TRIGGER audit AFTER UPDATE ON movies BEGIN SELECT levenshtein(new.palette_json, ''); END;
            """);
        _folder.WithFile("1.jpg", "some bytes").WithFile("2.jpg", "some bytes").WithFile("3.jpg", "some bytes").WithFile("4.PNG", "some bytes");
        byte[] before = await File.ReadAllBytesAsync(_folder.PathOf("m.db"), TestContext.Current.CancellationToken);

        int code = await RunAsync();

        Assert.Equal(1, code);
        Assert.Contains("ok  covers         the cover of movie 1 is found", _output.ToString(), StringComparison.Ordinal);
        string database = _folder.PathOf("m.db");
        Assert.Equal(
            [
                $"etl: The table etl_schema in {database} belongs to another program (it has no column version), and this one needs its own table etl_schema. Rename the other one. "
                + $"The view etl_damaged in {database} belongs to another program (it is a view), and this one needs its own table etl_damaged. Rename the other one.",
                $"etl: Palettes cannot be written to table movies in {database}: no such function: levenshtein, which trigger audit uses. Change it, or choose another table.",
                $"etl: Column palette_json of table movies in {database} holds values that are not palettes, such as 'null' of movie 5, so nothing was written or emptied. "
                + "Set Etl:Query:PaletteColumn to the column of palettes, empty these values with 'etl reset --unreadable', or set Etl:Query:AllowForeignValues to true to use this one.",
                "etl: warning: 2 palettes are unreadable. Empty them with: etl reset --unreadable",
                "etl: warning: 3 of the first 5 movies without a palette have a cover by another name: "
                + $"There is no cover at {_folder.PathOf("2 .jpg")}, but there is {_folder.PathOf("2.jpg")}. Rename it, or change the id or Etl:Fetch:Locations. "
                + "The id 3\uFFFD cannot be used in a path or URL. Remove the white space around it. "
                + $"There is no cover at {_folder.PathOf("4.jpg")}, but there is {_folder.PathOf("4.PNG")}. Rename it, or change the id or Etl:Fetch:Locations.",
            ],
            _errors.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal(before, await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("INSERT INTO movies VALUES ('1', NULL), ('2', '[]'), ('3', '[[1,2,3]]')", 0, "1 palette is unreadable. ")]
    [InlineData("INSERT INTO movies VALUES ('1', NULL), ('3 ', NULL)", 0, "1 of the first 2 movies without a palette have a cover by another name: ")]
    [InlineData("INSERT INTO movies VALUES ('3 ', NULL), ('4', NULL)", 1, "No cover found for the first 2 movies without a palette: There is no cover at ")]
    public async Task Validate_ARunWorks_WarnsOnly(string insert, int exitCode, string problem)
    {
        CreateCatalogue(insert);
        _folder.WithFile("1.jpg", "some bytes").WithFile("3.jpg", "some bytes");

        Assert.Equal(exitCode, await RunAsync());
        Assert.StartsWith($"etl: {(exitCode == 0 ? "warning: " : "")}{problem}", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NoDatabase_EndsWithOne()
    {
        Assert.Equal(1, await RunAsync());
        Assert.Contains("ok  configuration", _output.ToString());
        Assert.StartsWith($"etl: The database {_folder.PathOf("m.db")} does not exist. ", _errors.ToString());
    }

    [Fact]
    public async Task Validate_DatabaseThatCannotBeWritten_EndsWithOne()
    {
        const int WriteVersion = 18; // of the file's format: SQLite reads a file of a later one, and does not write it
        CreateCatalogue("INSERT INTO movies VALUES ('1', NULL)");
        byte[] database = await File.ReadAllBytesAsync(_folder.PathOf("m.db"), TestContext.Current.CancellationToken);
        database[WriteVersion] = 3;
        await File.WriteAllBytesAsync(_folder.PathOf("m.db"), database, TestContext.Current.CancellationToken);

        Assert.Equal(1, await RunAsync());
        Assert.StartsWith($"etl: The database {_folder.PathOf("m.db")} is read-only. ", _errors.ToString());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public async Task Validate_DatabaseThatCanBeWritten_IsLeftAsItWas(string mode)
    {
        CreateCatalogue($"INSERT INTO movies VALUES ('1', '[]'); PRAGMA journal_mode = {mode}; PRAGMA user_version = 42");
        byte[] before = await File.ReadAllBytesAsync(_folder.PathOf("m.db"), TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync());
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.PathOf("m.db"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Validate_NeitherColumnThere_NamesBoth()
    {
        CreateCatalogue("SELECT 1");

        Assert.Equal(1, await RunAsync("--set", "Etl:Query:IdColumn=x", "--set", "Etl:Query:PaletteColumn=y"));
        Assert.Contains("has no column x and no y, only id, palette_json", _errors.ToString());
    }

    [Theory]
    [InlineData("Etl:Write:BatchSize=0", "Etl:Write:BatchSize must be")]
    [InlineData("Serilog:MinimumLevel=Loud", "Serilog: The value Loud is not a valid Serilog level.")]
    public async Task Validate_RefusedConfiguration_EndsWithTwo(string setting, string problem)
    {
        int code = await RunAsync("--set", setting);

        Assert.Equal(2, code);
        Assert.Empty(_output.ToString());
        Assert.Contains(problem, _errors.ToString());
    }

    [Fact]
    public async Task Run_RefusedConfiguration_TouchesNothing()
    {
        string[] args = ["run", "--config", _folder.PathOf("etl.json"), "--set", "Etl:Write:BatchSize=0", "--set", "Etl:Foo=1"];

        int code = await Program.RunAsync(args, _output, _errors);

        Assert.Equal(2, code);
        Assert.Equal(3, _errors.ToString().TrimEnd().Split(Environment.NewLine).Length);
        Assert.DoesNotContain("database", _errors.ToString());
    }

    [Fact]
    public async Task Validate_DatabaseAndFolderAbsent_NamesBoth()
    {
        int code = await RunAsync("--set", "Etl:Query:Database=/absent/movies.db", "--set", "Etl:Fetch:Locations:0=/absent/{id}.jpg");

        Assert.Equal(1, code);
        Assert.Contains("No folder of covers exists: /absent. ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("does not exist. Set Etl:Query:Database.", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) =>
        Program.RunAsync(["validate", "--config", _folder.PathOf("etl.json"), .. args], _output, _errors);

    private void CreateCatalogue(string insert)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.PathOf("m.db")};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE TABLE movies (id TEXT, palette_json TEXT); {insert}";
        command.ExecuteNonQuery();
    }
}
