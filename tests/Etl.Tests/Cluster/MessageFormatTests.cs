using System.Globalization;
using System.Text;
using System.Text.Json;
using Etl.Cluster;
using Etl.Cluster.Messages;
using Etl.Cluster.Workers;
using PaletteEtl.Covers;
using PaletteEtl.Model;
using PaletteEtl.Palettes;
using RabbitMQ.Client;

namespace Etl.Tests.Cluster;

public sealed class MessageFormatTests
{
    private static readonly CoverVersion Version = new(4711, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "\"tag\"");

    private static readonly DeadLetter Previous = new(FailureReason.Corrupt, 2, Version, "decode");

    public static TheoryData<string> Ids => ["integer", "text", "real", "bytes", "null"];

    /// <summary>The bytes on the wire. A change needs a new version, because workers and coordinator may be of different versions.</summary>
    [Fact]
    public void Write_Work_IsWhatOtherVersionsRead()
    {
        var message = new WorkMessage(
            Settings(new DecodeOptions { SampleStep = 7 }, new QuantizeOptions { Algorithm = QuantizeAlgorithm.Oklab }),
            [new("1 i5", new MovieId(5L), Previous, "00-trace")]);

        (BasicProperties properties, byte[] body) = MessageFormat.Write(message, new WorkHeaders("run", "catalogue", NotBy: "worker", Palettes: 7));

        Assert.Equal(("etl.work/1", "run", true), (properties.Type, properties.CorrelationId, properties.Persistent));
        Assert.Equal([new("etl-damage", true), new("etl-memory", true), new("etl-content", true), new("etl-palettes", 7L), new("etl-version", ProgramVersion.Number), new("etl-catalogue", "catalogue"), new("etl-not-by", "worker")], properties.Headers!);
        Assert.Equal(
            """
            {"settings":{"decode":{"sampleStep":7,"scale":null,"maxPixels":178956970,"acceptTruncated":false,"dcReader":true,"strict":false},"quantize":{"algorithm":"Oklab","colorCount":6}},
            "movies":[{"key":"1 i5","id":5,"previous":{"reason":"Corrupt","attempts":2,
            "version":{"size":4711,"modified":"2026-01-02T03:04:05+00:00","eTag":"\u0022tag\u0022"},"stage":"decode","lastAt":null},"trace":"00-trace"}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(body));
    }

    [Fact]
    public void Write_Result_IsWhatOtherVersionsRead()
    {
        var builder = new PaletteBuilder();
        builder.Add(new Rgb(1, 2, 3), share: 0.75);
        builder.Add(new Rgb(255, 0, 0), share: 0.25);
        Palette palette = builder.ToPalette();
        var failure = new Failure("decode", FailureReason.Truncated, "It ends.", Version);
        var message = new ResultMessage(
        [
            MovieResult.Of("1 i5", new Item<Palette>(Movies.At(5), palette)),
            MovieResult.Of("2 i6", new Item<Palette>(Movies.At(6), default, Version, failure)),
        ]);

        (BasicProperties properties, byte[] body) = MessageFormat.Write(message, new ResultHeaders("run"));

        Assert.Equal(("etl.result/1", "run"), (properties.Type, properties.CorrelationId));
        Assert.Equal(
            """
            {"movies":[{"key":"1 i5","colors":"AQID/wAA","shares":[7500,2500]},
            {"key":"2 i6","version":{"size":4711,"modified":"2026-01-02T03:04:05+00:00","eTag":"\u0022tag\u0022"},
            "failure":{"stage":"decode","reason":"Truncated","message":"It ends.",
            "version":{"size":4711,"modified":"2026-01-02T03:04:05+00:00","eTag":"\u0022tag\u0022"},"stands":false}}]}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(body));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReadWork_IdOfEachType_ComesBackAsItWas(string type)
    {
        MovieId id = new(type switch
        {
            "integer" => long.MinValue,
            "text" => "\"ä\u0001\"",
            "real" => 0.1,
            "bytes" => new byte[] { 0, 255 },
            _ => null,
        });
        var message = new WorkMessage(Settings(), [new("key", id, Previous)]);

        (BasicProperties properties, byte[] body) = MessageFormat.Write(message, new WorkHeaders("run", "catalogue", NotBy: "worker", Palettes: 7));
        WantedMovie movie = Assert.Single(MessageFormat.ReadWork(properties, body)!.Movies);

        Assert.Equal(id.Stored, movie.Id.Stored);
        Assert.Equal(("key", Previous, null), (movie.Key, movie.Previous, movie.Trace));
    }

    [Fact]
    public void Write_WorkWithLocations_HasAFieldMore()
    {
        Movie movie = Movies.At(5) with { Location = "/abc.jpg" };
        Movie without = Movies.At(6) with { Location = "" };

        (BasicProperties properties, byte[] body) = MessageFormat.Write(
            new WorkMessage(Settings(), [WantedMovie.Of("1", new(movie, movie)), WantedMovie.Of("2", new(without, without))]), new WorkHeaders("run"));

        Assert.EndsWith(
            """[{"key":"1","id":5,"location":"/abc.jpg"},{"key":"2","id":6,"location":""}]}""", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Equal(["/abc.jpg", ""], MessageFormat.ReadWork(properties, body)!.Movies.Select(wanted => wanted.Location));
    }

    [Fact]
    public void ReadResult_Palette_ComesBackWithItsShares()
    {
        var builder = new PaletteBuilder();
        builder.Add(new Rgb(9, 8, 7), share: 0.3333);
        builder.Add(new Rgb(0, 0, 0), share: 0.6667);
        Palette palette = builder.ToPalette();
        (BasicProperties properties, byte[] body) = MessageFormat.Write(
            new ResultMessage([MovieResult.Of("key", new Item<Palette>(Movies.At(1), palette, Version))]), new ResultHeaders("run"));

        MovieResult result = Assert.Single(MessageFormat.ReadResult(properties, body)!.Movies);
        Item<Palette> item = result.Complete(new Item<Movie>(Movies.At(1), Movies.At(1)), columns: []);

        Assert.Equal((palette, palette.PopulationToJson()), (item.Value, item.Value.PopulationToJson()));
        Assert.Equal(Version, item.Version);
    }

    [Fact]
    public void WriteResults_CoordinatorReadsDamage_ComesBackWithIt()
    {
        (BasicProperties work, _) = MessageFormat.Write(new WorkMessage(Settings(), [new("key", new MovieId(1L))]), new WorkHeaders("run"));

        (BasicProperties properties, byte[] body) = MessageFormat.WriteResults([Damaged()], work, "fingerprint", "worker");
        MovieResult result = Assert.Single(MessageFormat.ReadResult(properties, body)!.Movies);

        Assert.Equal("run", properties.CorrelationId);
        Assert.Equal([new("etl-settings", "fingerprint"), new("etl-worker", "worker")], properties.Headers!);
        Assert.Equal("It is damaged.", result.Complete(new Item<Movie>(Movies.At(1), Movies.At(1)), columns: []).Damage);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-header")]
    public void WriteResults_CoordinatorOfBefore_LeavesOutWhatThatRefuses(string? header)
    {
        var work = new BasicProperties { CorrelationId = "run", Headers = header is null ? null : new Dictionary<string, object?> { [header] = true } };

        (_, byte[] body) = MessageFormat.WriteResults([Damaged()], work, "fingerprint", "worker");

        Assert.Equal("""{"movies":[{"key":"key","colors":"AQID"}]}""", Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WriteResults_Content_GoesToACoordinatorThatReadsIt(bool isKnown)
    {
        var content = new UInt128(0x00123456789ABCDE, 0xF);
        var work = new BasicProperties { Headers = new Dictionary<string, object?> { ["etl-content"] = isKnown } };
        var made = MovieResult.Of("key", new Item<Palette>(Movies.At(1), new Palette(new Rgb(1, 2, 3))) { Content = content });

        (BasicProperties properties, byte[] body) = MessageFormat.WriteResults([made], work, "fingerprint", "worker");
        MovieResult result = Assert.Single(MessageFormat.ReadResult(properties, body)!.Movies);

        Assert.Equal(isKnown ? content : null, result.Complete(new Item<Movie>(Movies.At(1), Movies.At(1)), columns: []).Content);
        Assert.Equal(isKnown, Encoding.UTF8.GetString(body).Contains("\"content\":\"00123456789abcde000000000000000f\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "memory")]
    [InlineData(false, "timeout")]
    public void WriteResults_KilledForMemory_HasAReasonThatTheCoordinatorKnows(bool isKnown, string reason)
    {
        var work = new BasicProperties { Headers = new Dictionary<string, object?> { ["etl-memory"] = isKnown } };
        var killed = new ResultFailure(StageNames.Decode, FailureReason.Memory, "It was killed.", Version);

        (BasicProperties properties, byte[] body) = MessageFormat.WriteResults([new("key", Failure: killed)], work, "fingerprint", "worker");
        MovieResult result = Assert.Single(MessageFormat.ReadResult(properties, body)!.Movies);

        Assert.Equal((reason, "It was killed.", Version), (result.Failure!.Reason.Name(), result.Failure.Message, result.Failure.Version));
    }

    [Theory]
    [InlineData(FailureReason.Memory, FailureReason.Timeout)]
    [InlineData(FailureReason.Crashed, FailureReason.Crashed)]
    public void WantedMovie_FailedBefore_HasAReasonThatEveryWorkerKnows(FailureReason reason, FailureReason sent)
    {
        Movie movie = Movies.At(1) with { Previous = Previous with { Reason = reason } };

        Assert.Equal(Previous with { Reason = sent }, WantedMovie.Of("key", new Item<Movie>(movie, movie)).Previous);
    }

    [Fact]
    public void ReadResult_WorkerOfBefore_HasNoDamage()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"movies":[{"key":"key","colors":"AQID"}]}""");

        MovieResult result = Assert.Single(MessageFormat.ReadResult(new BasicProperties { Type = MessageFormat.Result }, body)!.Movies);
        Item<Palette> item = result.Complete(new Item<Movie>(Movies.At(1), Movies.At(1)), columns: []);

        Assert.Equal((new Palette(new Rgb(1, 2, 3)), null), (item.Value, item.Damage));
    }

    [Theory]
    [InlineData("etl.work/2", """{"settings":{"decode":{},"quantize":{}},"movies":[{"key":"1","id":5}]}""")]
    [InlineData("etl.work/1", """{"settings":{"decode":{},"quantize":{}},"movies":null}""")]
    [InlineData("etl.work/1", """{"settings":{"decode":{},"quantize":{}},"movies":[{"id":5}]}""")]
    [InlineData("etl.work/1", """{"settings":{"decode":{},"quantize":{}},"movies":[]}""")]
    [InlineData("etl.work/1", """{"settings":{"decode":{},"quantize":{}},"movies":[null]}""")]
    [InlineData("etl.work/1", "no JSON")]
    [InlineData("etl.work/1", "")]
    [InlineData(null, """{"settings":{"decode":{},"quantize":{}},"movies":[{"key":"1","id":5}]}""")]
    public void ReadWork_OtherVersionOrContent_IsNotUnderstood(string? type, string body) =>
        Assert.Null(MessageFormat.ReadWork(new BasicProperties { Type = type }, Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("AQI=", null)]
    [InlineData("AQID", "1,2")]
    [InlineData("AQID", "10001")]
    [InlineData("AQIDAQIDAQID", null)]
    public void IsPalette_NoPaletteOrTooManyColours_IsNot(string? colors, string? shares)
    {
        var result = new MovieResult(
            "key",
            colors is null ? null : Convert.FromBase64String(colors),
            shares?.Split(',').Select(share => int.Parse(share, CultureInfo.InvariantCulture)).ToArray());

        Assert.False(result.IsPalette(maxColors: 2, columns: []));
    }

    [Theory]
    [InlineData("etl.work/1", true)]
    [InlineData("etl.work/2", false)]
    [InlineData("etl.work/0", false)]
    [InlineData("etl.work/-1", false)]
    [InlineData("etl.work/", false)]
    [InlineData("etl.work", false)]
    [InlineData("etl.result/1", false)]
    public void ReadWork_Format_IsReadUpToThatOfThisVersion(string type, bool isRead)
    {
        (BasicProperties properties, byte[] body) = MessageFormat.Write(new WorkMessage(Settings(), [new("key", default)]), new WorkHeaders("run"));
        properties.Type = type;

        Assert.Equal(isRead, MessageFormat.ReadWork(properties, body) is not null);
    }

    [Fact]
    public void Describe_MessageOfANewerVersion_NamesItsFormatAndVersion()
    {
        var properties = new BasicProperties
        {
            Type = "etl.work/2",
            Headers = new Dictionary<string, object?> { ["etl-version"] = "2.0.0"u8.ToArray() },
        };

        Assert.Equal("etl.work/2 of version 2.0.0", MessageFormat.Describe(properties));
        Assert.Equal("etl.work/2", MessageFormat.Describe(new BasicProperties { Type = "etl.work/2" }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("No location of covers is available.")]
    public void ReadReport_WrittenReport_ComesBackAsItWas(string? problem)
    {
        var report = new WorkerReport(
            "worker", "host", 7, "1.2.3", DateTimeOffset.UnixEpoch, WorkerState.Paused, 5, 1.5, new Dictionary<string, long> { ["not_found"] = 2 }, problem);

        (BasicProperties properties, byte[] body) = MessageFormat.Write(report);

        Assert.Equivalent(report, MessageFormat.ReadReport(properties, body), strict: true);
    }

    [Fact]
    public void ReadReport_OfANewerVersionWithMore_IsRead() => Assert.Equal(
        (WorkerState.Working, 5),
        MessageFormat.ReadReport(
            new BasicProperties { Type = "etl.worker/1" },
            """
            {"worker":"w","host":"h","processId":7,"version":"9","at":"2026-01-02T03:04:05+00:00","state":"working","movies":5,"moviesPerSecond":1,"failures":{},
            "temperature":40}
            """u8) is { } read ? (read.State, read.Movies) : default);

    /// <summary>Messages recorded with the release before the settings had a fingerprint.</summary>
    [Fact]
    public void Read_RecordedMessagesOfAnEarlierRelease_AreUnderstood()
    {
        WorkMessage work = MessageFormat.ReadWork(
            new BasicProperties { Type = "etl.work/1" },
            """
            {"settings":{"decode":{"sampleStep":10,"scale":null,"maxPixels":178956970,"acceptTruncated":false,"dcReader":true,"strict":false},
            "quantize":{"algorithm":"ColorThief","colorCount":6}},"movies":[{"key":"1 i1","id":1},{"key":"2 i2","id":2},{"key":"3 i3","id":3}]}
            """u8)!;
        ResultMessage results = MessageFormat.ReadResult(
            new BasicProperties { Type = "etl.result/1" },
            """
            {"movies":[{"key":"1 i1","colors":"ICAgu4J+b2lljJSMVFxVjIyU","version":{"size":52435,"modified":"2026-11-29T22:27:55.6519039+00:00","eTag":null}},
            {"key":"3 i3","failure":{"stage":"fetch","reason":"NotFound","message":"There is no cover at covers/3.jpg.","version":null,"stands":false}}]}
            """u8)!;

        Assert.Equal([1L, 2L, 3L], work.Movies.Select(movie => movie.Id.Stored));
        Assert.Equal(QuantizeAlgorithm.ColorThief, ExtractionSettings.Read(work.Settings)!.Quantize.Algorithm);
        Assert.Equal((true, true), (results.Movies[0].IsPalette(maxColors: 6, columns: []), results.Movies[1].IsUnreached));
        Assert.True(new Etl.Cluster.Protocol.ResultTerms("run", work.Fingerprint, 6).Fit(results.Movies[0], settings: null));
    }

    private static JsonElement Settings(DecodeOptions? decode = null, QuantizeOptions? quantize = null) =>
        JsonSerializer.SerializeToElement(new ExtractionSettings(decode ?? new(), quantize ?? new()), MessageJson.Settings);

    [Fact]
    public void CopyForOthers_DeliveredMessage_CountsAsLeftAndKeepsItsRedeliveries()
    {
        (BasicProperties work, _) = MessageFormat.Write(new WorkMessage(Settings(), [new("key", default)]), new WorkHeaders("run", NotBy: "worker"));
        work.Headers!["x-delivery-count"] = 3L;

        BasicProperties copy = MessageFormat.CopyForOthers(MessageFormat.CopyForOthers(work));

        Assert.Equal((3L, 3L), (MessageFormat.RedeliveriesOf(work), MessageFormat.RedeliveriesOf(copy)));
        Assert.Equal(2, MessageFormat.WorkHeadersOf(copy).Lefts);
        Assert.Equal((work.Type, work.CorrelationId, work.Persistent), (copy.Type, copy.CorrelationId, copy.Persistent));
        Assert.False(copy.Headers!.ContainsKey("x-delivery-count"));
        Assert.Equal("worker", copy.Headers["etl-not-by"]);
    }

    private static MovieResult Damaged() => MovieResult.Of(
        "key", new Item<Palette>(Movies.At(1), new Palette(new Rgb(1, 2, 3))) { Damage = "It is damaged." });
}
