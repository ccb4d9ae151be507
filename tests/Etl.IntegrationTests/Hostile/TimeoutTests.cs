using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Hostile;

/// <summary>A cover's deadline, by a clock that moves on whenever it is looked at.</summary>
public sealed class TimeoutTests
{
    [Theory]
    [InlineData("baseline.jpg", 4)]
    [InlineData("progressive.jpg", 3)]
    [InlineData("rgba.png", 3)]
    [InlineData("interlaced.png", 3)]
    [InlineData("animated.gif", 1)]
    [InlineData("picture.bmp", 2)]
    public void Decode_TimeIsUpAnywhere_IsATimeout(string file, int leastLooks)
    {
        int looks = 0;
        while (Outcome(file, looks, LibraryUse.Never) == FailureReason.Timeout)
        {
            looks++;
        }

        Assert.Null(Outcome(file, looks, LibraryUse.Never));
        Assert.InRange(looks, leastLooks, 1_000);
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    public void Decode_TimeIsUpBeforeOrAfterLibTurboJpeg_IsATimeout(string file)
    {
        Assert.SkipUnless(LibTurboJpeg.IsPresent, Jpeg.JpegFiles.NoLibrary);

        FailureReason?[] outcomes = [.. Enumerable.Range(0, 3).Select(looks => Outcome(file, looks, LibraryUse.Require))];

        Assert.Equal([FailureReason.Timeout, FailureReason.Timeout, null], outcomes);
    }

    /// <summary>How a cover ends for which the clock may be looked at so many times.</summary>
    private static FailureReason? Outcome(string file, int looks, LibraryUse turboJpeg)
    {
        var options = new DecodeOptions { Timeout = TimeSpan.FromSeconds(looks + 0.5), TurboJpeg = turboJpeg };
        byte[] bytes = Asset.Bytes(file);
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        try
        {
            using DecodedCover decoded = Decoders.Of(options, clock: new TickingClock())
                .Decode(new Cover(data, new CoverVersion(null, null, null), reservation: null));
            return null;
        }
        catch (CoverException error)
        {
            return error.Reason;
        }
    }

    private sealed class TickingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
