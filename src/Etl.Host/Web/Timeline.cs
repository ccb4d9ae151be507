using System.Runtime.CompilerServices;
using Etl.Host.Json;

namespace Etl.Host.Web;

/// <summary>The seconds of the last day, summed by minute. In memory: it begins with the process.</summary>
internal sealed class Timeline(TimeProvider clock)
{
    public const int Capacity = 24 * 60;

    private static readonly string[] States = [.. Enum.GetValues<ServiceCondition>().Select(ServiceConditions.Name)];
    private static readonly string[] Stages = [StageNames.Fetch, StageNames.Decode, StageNames.Quantize, StageNames.Write, StageNames.Extract];

    private readonly Lock _gate = new();
    private readonly Bucket[] _ring = new Bucket[Capacity];

    /// <summary>Adds the second that ends now.</summary>
    public void Add(SecondJson second)
    {
        long minute = MinuteOf(clock.GetUtcNow());
        lock (_gate)
        {
            ref Bucket bucket = ref _ring[minute % Capacity];
            if (bucket.Minute != minute)
            {
                bucket = new Bucket { Minute = minute }; // was another day's
            }

            bucket.Add(second);
        }
    }

    /// <summary>The last 1,440 minutes, without those in which the process was suspended.</summary>
    /// <param name="from">The first minute is the one of this time, where it is later.</param>
    public TimelineJson ToJson(DateTimeOffset? from)
    {
        DateTimeOffset now = clock.GetUtcNow();
        long last = MinuteOf(now);
        long first = Math.Max(last - Capacity + 1, from is { } time ? MinuteOf(time) : 0);
        var minutes = new List<MinuteJson>();
        lock (_gate)
        {
            for (long minute = first; minute <= last; minute++)
            {
                ref readonly Bucket bucket = ref _ring[minute % Capacity];
                if (bucket.Minute == minute)
                {
                    minutes.Add(bucket.ToJson());
                }
            }
        }

        return new TimelineJson(now, minutes);
    }

    private static long MinuteOf(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeSeconds() / 60);

    private struct Bucket
    {
        private StateSeconds _states;
        private StageSeconds _stages;
        private int _settled, _deadLetters, _runs, _reloads;

        public required long Minute { get; init; }

        public void Add(SecondJson second)
        {
            Increment(ref _states[(int)second.Condition]);
            if (Array.IndexOf(Stages, second.LimitingStage) is >= 0 and var stage)
            {
                Increment(ref _stages[stage]);
            }

            _settled += (int)second.Settled;
            _deadLetters += (int)second.DeadLetters;
            _runs += second.Runs;
            _reloads += second.Reloads;
        }

        public readonly MinuteJson ToJson() => new(
            DateTimeOffset.FromUnixTimeSeconds(Minute * 60), Named(States, _states), Named(Stages, _stages), _settled, _deadLetters, _runs, _reloads);

        /// <summary>Stays at the highest value when a clock set back adds more than a minute's seconds.</summary>
        private static void Increment(ref byte seconds) => seconds = (byte)Math.Min(byte.MaxValue, seconds + 1);

        private static Dictionary<string, int> Named(string[] names, ReadOnlySpan<byte> seconds)
        {
            var named = new Dictionary<string, int>();
            for (int i = 0; i < names.Length; i++)
            {
                if (seconds[i] > 0)
                {
                    named[names[i]] = seconds[i];
                }
            }

            return named;
        }
    }

    /// <summary>Seconds in each <see cref="ServiceCondition"/>.</summary>
    [InlineArray((int)ServiceCondition.Waiting + 1)]
    private struct StateSeconds
    {
        private byte _first;
    }

    /// <summary>Seconds that each of <see cref="Stages"/> limited.</summary>
    [InlineArray(5)]
    private struct StageSeconds
    {
        private byte _first;
    }
}
