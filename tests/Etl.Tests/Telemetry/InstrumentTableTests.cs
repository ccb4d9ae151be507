namespace Etl.Tests.Telemetry;

/// <summary>Holds the documents' table of instruments against the instruments.</summary>
public sealed class InstrumentTableTests
{
    [Fact]
    public void Documentation_EveryInstrument_HasItsRow()
    {
        using var table = new InstrumentTable();
        string[] rows = [.. table.Rows];

        string[] documented =
        [
            .. File.ReadLines(Repository.PathOf("docs/observability.md"))
                .SkipWhile(static line => !line.StartsWith("| instrument ", StringComparison.Ordinal))
                .Skip(2)
                .TakeWhile(static line => line.StartsWith('|')),
        ];

        Assert.True(rows.SequenceEqual(documented), $"The table of docs/observability.md has to be:\n{string.Join('\n', rows)}");
    }
}
