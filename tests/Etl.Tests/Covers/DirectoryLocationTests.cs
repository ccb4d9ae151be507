using PaletteEtl.Model;

namespace Etl.Tests.Covers;

public sealed class DirectoryLocationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(114709L)]
    [InlineData("tt0114709")]
    [InlineData("Amélie 阿甘正传 🎬")]
    [InlineData("a..b")]
    public async Task FetchAsync_FileIsThere_ReadsItWhole(object id)
    {
        byte[] bytes = [1, 2, 3, 4, 5];
        string path = _folder.Write($"{id}.jpg", bytes);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        (byte[] read, CoverVersion version) = await covers.FetchAsync(id);

        Assert.Equal(bytes, read);
        Assert.Equal(new CoverVersion(5, File.GetLastWriteTimeUtc(path), ETag: null), version);
        Assert.Equal(0, covers.Budget.Taken);
    }

    [Fact]
    public async Task FetchAsync_EmptyFile_FailsUntilItChanges()
    {
        string path = _folder.Write("a.jpg", []);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        CoverException first = await covers.FailAsync("a");
        bool isUnchanged = await covers.IsUnchangedAsync("a", new DeadLetter(first.Reason, Attempts: 1, first.Version));
        _folder.Write("a.jpg", [1]);

        Assert.Equal(FailureReason.Empty, first.Reason);
        Assert.Equal(new CoverVersion(0, first.Version!.Modified, ETag: null), first.Version);
        Assert.StartsWith($"{path} has no bytes", first.Message);
        Assert.True(isUnchanged);
        Assert.Equal([1], (await covers.FetchAsync("a", new DeadLetter(first.Reason, Attempts: 1, first.Version))).Bytes);
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("a ")]
    [InlineData(" a")]
    [InlineData("NUL")]
    [InlineData("com1.txt")]
    public async Task FetchAsync_NameThatIsOddElsewhere_IsAFileOfItsOwn(string id)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Such names are not files there.");
        _folder.Write("a", [9]);
        _folder.Write(id, [7]);
        using var covers = new TestCovers(_folder["{id}"]);

        Assert.Equal([7], (await covers.FetchAsync(id)).Bytes);
    }

    [Fact]
    public async Task FetchAsync_DigitsArePadded_FindsTheFile()
    {
        _folder.Write("0114709.jpg", [7]);
        using var covers = new TestCovers(_folder["{id:D7}.jpg"]);

        Assert.Equal([7], (await covers.FetchAsync(114709L)).Bytes);
    }

    [Theory]
    [InlineData("114709", "11/114709.jpg")]
    [InlineData("7", "7/7.jpg")]
    public async Task FetchAsync_ShardedFolders_FindsTheFile(string id, string file)
    {
        _folder.Write(file, [7]);
        using var covers = new TestCovers(_folder["{id[..2]}/{id}.jpg"]);

        Assert.Equal([7], (await covers.FetchAsync(id)).Bytes);
    }

    [Fact]
    public async Task FetchAsync_IdHasNoSuchPart_TriesTheNextLocationAndSaysSo()
    {
        _folder.Write("flat/7.jpg", [7]);
        using var covers = new TestCovers(_folder["{id[2..4]}/{id}.jpg"], _folder["flat/{id}.jpg"]);

        CoverException error = await covers.FailAsync("8");

        Assert.Equal([7], (await covers.FetchAsync("7")).Bytes);
        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.Equal($"There is no cover at {_folder["{id[2..4]}/{id}.jpg"]} (the id has no such part) or {_folder["flat/8.jpg"]}.", error.Message);
    }

    [Theory]
    [InlineData("..secret")]
    [InlineData(".secret")]
    public async Task FetchAsync_PartOfTheIdLeadsOut_OpensNothing(string id)
    {
        _folder.Write($"{id}.jpg", [42]);
        _folder.Write($"covers/{id}.jpg", [42]);
        using var covers = new TestCovers(_folder["covers/a/{id[..2]}/{id}.jpg"], _folder["covers/{id[..1]}/{id}.jpg"]);

        Assert.Equal(FailureReason.NotFound, (await covers.FailAsync(id)).Reason);
    }

    [Theory]
    [InlineData("7.jpg")]
    [InlineData("7.JPG")]
    [InlineData("7.jpeg")]
    [InlineData("7.png")]
    [InlineData("7.webp")]
    [InlineData("7.avif")]
    [InlineData("7.gif")]
    [InlineData("7.bmp")]
    public async Task FetchAsync_AnyExtension_FindsTheFile(string file)
    {
        _folder.Write(file, [7]);
        using var covers = new TestCovers(_folder["{id}.*"]);

        Assert.Equal([7], (await covers.FetchAsync(7L)).Bytes);
    }

    [Fact]
    public async Task FetchAsync_SeveralExtensions_TakesThemInOrder()
    {
        _folder.Write("7.jpg/folder", [1]);
        _folder.Write("7.bmp", [2]);
        _folder.Write("7.png", [3]);
        _folder.Write("7.gif", [4]);
        _folder.Write("7.PNG", [5]);
        _folder.Write("7.txt", [6]);
        using var covers = new TestCovers(_folder["{id}.*"]);

        Assert.Equal([3], (await covers.FetchAsync(7L)).Bytes);
    }

    [Theory]
    [InlineData("7.txt")]
    [InlineData("7.*")]
    [InlineData("7")]
    [InlineData("70.jpg")]
    public async Task FetchAsync_NoFileOfAnyExtension_IsNotFound(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A star is no part of a name there.");
        _folder.Write(file, [7]);
        using var covers = new TestCovers(_folder["{id}.*"]);

        CoverException error = await covers.FailAsync(7L);

        Assert.Equal((FailureReason.NotFound, $"There is no cover at {_folder["7.*"]}."), (error.Reason, error.Message));
    }

    [Fact]
    public async Task FetchAsync_NearMissWithAnyExtension_IsNamed()
    {
        string there = _folder.Write("7.png", [1]);
        using var covers = new TestCovers(_folder["{id}.*"]);

        Assert.Equal(there, (await covers.FailAsync("7 ")).NearMiss);
    }

    [Fact]
    public async Task FetchAsync_LinkOfAnyExtensionOutOfTheFolder_IsForbidden()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.Write("secret/a.png", [42]);
        _folder.Write("covers/b.png", [1]);
        File.CreateSymbolicLink(_folder["covers/a.png"], "../secret/a.png");
        using var covers = new TestCovers(_folder["covers/{id}.*"]);

        Assert.Equal(FailureReason.Forbidden, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_TemplateNamesNoMovie_GivesTheOneCoverToAll()
    {
        _folder.Write("one.jpg", [7]);
        using var covers = new TestCovers(_folder["one.jpg"]);

        Assert.Equal([7], (await covers.FetchAsync("a")).Bytes);
        Assert.Equal([7], (await covers.FetchAsync("b")).Bytes);
    }

    [Fact]
    public async Task FetchAsync_SeveralLocations_TheFirstThatHasItWins()
    {
        _folder.Write("second/a.png", [2]);
        _folder.Write("third/a.jpg", [3]);
        using var covers = new TestCovers(_folder["first/{id}.jpg"], _folder["second/{id}.png"], _folder["third/{id}.jpg"]);

        Assert.Equal([2], (await covers.FetchAsync("a")).Bytes);
    }

    [Theory]
    [InlineData("7", "7.JPG")]
    [InlineData("7", "7.jpeg")]
    [InlineData("7", "7.webp")]
    [InlineData(" 7", "7.jpg")]
    [InlineData("7 ", "7.jpg")]
    [InlineData("Amélie", "Ame\u0301lie.jpg")] // composed and decomposed
    [InlineData("Ame\u0301lie", "Amélie.PNG")]
    [InlineData("Le Trône de Fée", "Le Tro\u0302ne de Fe\u0301e.jpg")]
    [InlineData("가", "\u1100\u1161.jpg")]
    public async Task FetchAsync_NearMissIsThere_FailsAsNotFoundAndNamesIt(string id, string file)
    {
        string there = _folder.Write(file, [1]);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        CoverException error = await covers.FailAsync(id);

        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.Equal(
            $"There is no cover at {_folder[$"{id}.jpg"]}, but there is {there}. Rename it, or change the id or Etl:Fetch:Locations.", error.Message);
    }

    [Theory]
    [InlineData("Amélie", "Amelie.jpg")]
    [InlineData("Amélie", "Amélié.jpg")]
    [InlineData("Amelie", "Ame\u0301lie.jpg")]
    public async Task FetchAsync_OtherNameIsThere_IsNoNearMiss(string id, string file)
    {
        _folder.Write(file, [1]);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        CoverException error = await covers.FailAsync(id);

        Assert.Equal($"There is no cover at {_folder[$"{id}.jpg"]}.", error.Message);
        Assert.Null(error.NearMiss);
    }

    [Fact]
    public async Task FetchAsync_IdEndsWithACarriageReturn_SaysToRemoveIt()
    {
        _folder.Write("7.jpg", [1]);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        CoverException error = await covers.FailAsync("7\r");

        Assert.EndsWith("cannot be used in a path or URL. Remove the white space around it.", error.Message, StringComparison.Ordinal);
        Assert.Equal("7", error.NearMiss);
    }

    [Theory]
    [InlineData(322259.0, "322259.jpg")]
    [InlineData(-1.0, "-1.jpg")]
    public async Task FetchAsync_WholeRealId_NamesTheCoverOfTheInteger(double id, string file)
    {
        _folder.Write(file, [1]);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        Assert.Equal([1], (await covers.FetchAsync(id)).Bytes);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    public async Task FetchAsync_OtherRealId_IsInvalid(double id)
    {
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync(id)).Reason);
    }

    [Fact]
    public async Task FetchAsync_NowhereToBeFound_FailsAsNotFoundAndSaysWhereItLooked()
    {
        using var covers = new TestCovers(_folder["first/{id}.jpg"], _folder["second/{id:D3}.jpg"]);

        CoverException error = await covers.FailAsync(7L);

        Assert.Equal(FailureReason.NotFound, error.Reason);
        Assert.Equal($"There is no cover at {_folder["first/7.jpg"]} or {_folder["second/007.jpg"]}.", error.Message);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("sub/secret")]
    [InlineData("secret\0")]
    [InlineData("..\\secret")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(1.5)]
    public async Task FetchAsync_IdNamesNoCover_FailsAsInvalidIdAndOpensNothing(object? id)
    {
        _folder.Write("secret.jpg", [42]);
        _folder.Write("covers/sub/secret.jpg", [42]);
        using var covers = new TestCovers(_folder["covers/{id}.jpg"], _folder["covers/{id}"]);

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync(id)).Reason);
    }

    [Fact]
    public async Task FetchAsync_IdIsAnAbsolutePath_FailsAsInvalidId()
    {
        string secret = _folder.Write("secret.jpg", [42]);
        using var covers = new TestCovers("{id}");

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync(secret)).Reason);
    }

    [Fact]
    public async Task FetchAsync_TemplateWouldLeaveItsFolder_FailsAsInvalidId()
    {
        _folder.Write("secret.jpg", [42]);
        using var covers = new TestCovers(_folder["covers/{id}/../../secret.jpg"]);

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync("a")).Reason);
    }

    [Fact]
    public async Task FetchAsync_IdIsTooLongForAFile_FailsAsInvalidId()
    {
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        Assert.Equal(FailureReason.InvalidId, (await covers.FailAsync(new string('a', 5_000))).Reason);
    }

    [Fact]
    public async Task FetchAsync_LargerThanAllowed_FailsAsTooLargeWithItsVersion()
    {
        _folder.Write("a.jpg", new byte[101]);
        _folder.Write("b.jpg", new byte[100]);
        using var covers = new TestCovers(_folder["{id}.jpg"]) { Options = { Fetch = { MaxCoverBytes = 100 } } };

        CoverException error = await covers.FailAsync("a");
        (byte[] allowed, _) = await covers.FetchAsync("b");

        Assert.Equal((FailureReason.TooLarge, 101), (error.Reason, error.Version?.Size));
        Assert.Equal(100, allowed.Length);
    }

    [Fact]
    public async Task FetchAsync_ItIsAFolder_Fails()
    {
        _folder.Write("a.jpg/x", [1]);
        using var covers = new TestCovers(_folder["{id}.jpg"]);

        Assert.Equal(FailureReason.UnsupportedFormat, (await covers.FailAsync("a")).Reason);
    }

    public void Dispose() => _folder.Dispose();
}
