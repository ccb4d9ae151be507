using PaletteEtl.Model;

namespace Etl.Tests.Covers;

/// <summary>Which failures of earlier runs still stand.</summary>
public sealed class SkipTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCovers _covers;
    private readonly CoverVersion _version;

    public SkipTests()
    {
        string path = _folder.Write("a.jpg", [1, 2, 3]);
        _version = new CoverVersion(3, File.GetLastWriteTimeUtc(path), ETag: null);
        _covers = new TestCovers(_folder["{id}.jpg"]);
    }

    public static TheoryData<FailureReason> Reasons => [.. Enum.GetValues<FailureReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task FetchAsync_CoverIsUnchanged_IsSkippedUnlessTheReasonMayHavePassed(FailureReason reason)
    {
        var previous = new DeadLetter(reason, Attempts: 1, _version);

        bool isUnchanged = await _covers.IsUnchangedAsync("a", previous);

        Assert.Equal(!reason.IsTransient(), isUnchanged);
        Assert.Equal(0, _covers.Budget.Taken);
    }

    [Fact]
    public async Task FetchAsync_SizeChanged_IsTriedAgain() => Assert.Equal(
        [1, 2, 3], (await _covers.FetchAsync("a", new DeadLetter(FailureReason.Corrupt, 1, _version with { Size = 4 }))).Bytes);

    [Fact]
    public async Task FetchAsync_TimeChanged_IsTriedAgain()
    {
        File.SetLastWriteTimeUtc(_folder["a.jpg"], _version.Modified!.Value.UtcDateTime.AddSeconds(1));

        Assert.Equal([1, 2, 3], (await _covers.FetchAsync("a", new DeadLetter(FailureReason.Corrupt, 1, _version))).Bytes);
    }

    [Fact]
    public async Task FetchAsync_RetryWasAskedFor_IsTriedAgain() => Assert.Equal(
        [1, 2, 3], (await _covers.FetchAsync("a", new DeadLetter(FailureReason.Corrupt, Attempts: 0, _version))).Bytes);

    [Fact]
    public async Task FetchAsync_IdNamesNoCover_StandsWithoutAVersion()
    {
        CoverException first = await _covers.FailAsync("../a");
        bool isUnchanged = await _covers.IsUnchangedAsync("../a", new DeadLetter(first.Reason, 1, Version: null));

        Assert.Equal((FailureReason.InvalidId, true), (first.Reason, isUnchanged));
    }

    [Fact]
    public async Task FetchAsync_TooLargeBefore_StandsWhileTheFileIsTheSame()
    {
        using var covers = new TestCovers(_folder["{id}.jpg"]) { Options = { Fetch = { MaxCoverBytes = 2 } } };

        CoverException first = await covers.FailAsync("a");

        Assert.True(await covers.IsUnchangedAsync("a", new DeadLetter(first.Reason, 1, first.Version)));
    }

    public void Dispose()
    {
        _covers.Dispose();
        _folder.Dispose();
    }
}
