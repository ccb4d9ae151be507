using Etl.Decode;
using Etl.Fetch;
using Etl.Pipeline;

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
        while (Outcome(file, looks) == FailureReason.Timeout)
        {
            looks++;
        }

        Assert.Null(Outcome(file, looks));
        Assert.InRange(looks, leastLooks, 1_000);
    }

    /// <summary>How a cover ends for which the clock may be looked at so many times.</summary>
    private static FailureReason? Outcome(string file, int looks)
    {
        var options = new DecodeOptions { Timeout = TimeSpan.FromSeconds(looks + 0.5) };
        byte[] bytes = Asset.Bytes(file);
        var data = new NativeBuffer(bytes.Length);
        bytes.CopyTo(data.GetSpan());
        try
        {
            using ColorHistogram histogram = new CoverDecoder(options, clock: new TickingClock())
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
