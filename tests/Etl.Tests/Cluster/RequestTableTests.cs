using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster;

public sealed class RequestTableTests
{
    private const string Epoch = "epoch", Settings = "settings";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly ResultHeaders Headers = new(Epoch, Settings);
    private static readonly CoverVersion Version = new(1, null, null);

    private readonly object _session = new();
    private readonly RequestTable<int> _requests;
    private int _keys;

    public RequestTableTests()
    {
        _requests = new RequestTable<int>(new ResultTerms(Epoch, Settings, MaxColors: 2), Lease, () => $"key{++_keys}");
        _requests.SessionBegan(_session, now: default);
    }

    [Fact]
    public void Receive_ResultOfAPendingRequest_CompletesItOnce()
    {
        MovieRequest<int> request = Publish(7);

        Assert.Equal(7, Receive(request).Completed!.Movie);
        Assert.Equal(default, Receive(request));
        Assert.Equal(0, _requests.Count);
    }

    [Fact]
    public void Receive_RowReadTwice_CompletesBoth()
    {
        (MovieRequest<int> first, MovieRequest<int> second) = (Publish(7), Publish(7));

        Assert.NotNull(Receive(second).Completed);
        Assert.NotNull(Receive(first).Completed);
    }

    [Theory]
    [InlineData("epoch of an earlier run", "key1", Settings)]
    [InlineData(null, "key1", Settings)]
    [InlineData(Epoch, "key2", Settings)]
    [InlineData(Epoch, "key1", "other settings")]
    public void Receive_OtherEpochKeyOrSettings_DoesNotCount(string? epoch, string key, string settings)
    {
        Publish(7);

        var result = new MovieResult(key, [1, 2, 3], Version: Version);
        Assert.Equal(default, _requests.Receive(new ResultHeaders(epoch, settings), result, now: default));
        Assert.Equal(1, _requests.Count);
    }

    [Theory]
    [InlineData("AQIDAQIDAQID", 1)]
    [InlineData("", 1)]
    [InlineData("AQID", null)]
    public void Receive_PaletteDoesNotFitThreeTimes_GivesTheMovieUp(string colors, int? size)
    {
        MovieRequest<int> request = Publish(7);
        var unfit = new MovieResult(
            request.Key, Convert.FromBase64String(colors), Version: size is null ? null : new CoverVersion(size, null, null));

        Receipt<int>[] received = [.. Enumerable.Range(0, 3).Select(_ => _requests.Receive(Headers, unfit, now: default))];

        Assert.Equal([default, default], received[..2]);
        Assert.Equal(FailureReason.Internal, received[2].Completed!.Result.Failure!.Reason);
    }

    [Fact]
    public void Inspected_LeaseHasEndedAndTheQueueIsEmpty_ReturnsTheRequestAfterTwiceTheTimeEach()
    {
        MovieRequest<int> request = Publish(7);

        Assert.Empty(Inspect(Lease - TimeSpan.FromSeconds(1)));
        Assert.Equal([request], Inspect(Lease));
        Assert.Empty(Inspect(10 * Lease)); // not until it is published
        _requests.Published(_session, [request], Lease);

        Assert.Empty(Inspect((3 * Lease) - TimeSpan.FromSeconds(1)));
        Assert.Empty(_requests.Inspected(WorkQueue.Suspect, waiting: 0, workers: 2, 3 * Lease).Again);
        Assert.Equal([request], Inspect(3 * Lease));
    }

    [Fact]
    public void Inspected_MessagesWait_ExtendsTheLease()
    {
        MovieRequest<int> request = Publish(7);

        Assert.Empty(_requests.Inspected(WorkQueue.Work, waiting: 1, workers: 2, Lease).Again);

        Assert.Empty(Inspect((2 * Lease) - TimeSpan.FromSeconds(1)));
        Assert.Equal([request], Inspect(2 * Lease));
    }

    [Fact]
    public void Inspected_ResponsesHaveBeenSlow_TheLeaseIsThreeTimesAsLong()
    {
        _requests.Receive(Headers, ResultOf(Publish(1)), TimeSpan.FromMinutes(2));
        MovieRequest<int> request = Publish(2);

        Assert.Empty(Inspect(TimeSpan.FromMinutes(5.9)));
        Assert.Equal([request], Inspect(TimeSpan.FromMinutes(6)));
    }

    [Fact]
    public void Receive_CoverIsNotFound_AnotherWorkerHasToConfirmIt()
    {
        Inspect(now: default);
        MovieRequest<int> request = Publish(7);

        Assert.Same(request, NotFoundBy("a", request).Again);
        Assert.Equal("a", request.FailedBy);
        Assert.Same(request, NotFoundBy("a", request).Again);
        Assert.Equal(FailureReason.NotFound, NotFoundBy("b", request).Completed!.Result.Failure!.Reason);
    }

    [Fact]
    public void Inspected_CoverIsNotFoundAndNoOtherWorkerConnectsInTime_Counts()
    {
        MovieRequest<int> request = Publish(7);
        Receipt<int> receipt = NotFoundBy("a", request);
        Assert.Equal((null, true), (receipt.Again, receipt.IsUnconfirmed));

        ReturnedRequests<int> early = _requests.Inspected(WorkQueue.Work, waiting: 0, workers: 1, TimeSpan.FromSeconds(15));
        ReturnedRequests<int> late = _requests.Inspected(WorkQueue.Work, waiting: 0, workers: 1, TimeSpan.FromSeconds(16));

        Assert.Equal((0, 0), (early.Again.Length, early.Completed.Count));
        Assert.Equal(FailureReason.NotFound, Assert.Single(late.Completed).Result.Failure!.Reason);
    }

    [Fact]
    public void Inspected_CoverIsNotFoundAndAnotherWorkerConnects_IsPublishedForThat()
    {
        MovieRequest<int> request = Publish(7);
        NotFoundBy("a", request);

        Assert.Empty(Inspect(TimeSpan.FromSeconds(1), workers: 1));
        Assert.Equal([request], Inspect(TimeSpan.FromSeconds(2), workers: 2));
        Assert.Empty(Inspect(TimeSpan.FromSeconds(3), workers: 2));
    }

    [Fact]
    public void Receive_CoverIsNotFoundWhileOthersComeAndGo_CountsInTheEnd()
    {
        MovieRequest<int> request = Publish(7);

        for (int i = 1; i < RequestTable<int>.MaxFailures; i++)
        {
            Assert.True(NotFoundBy("a", request).IsUnconfirmed);
            Assert.Equal([request], Inspect(now: default, workers: 2));
            Assert.Empty(Inspect(now: default, workers: 1));
        }

        Assert.NotNull(NotFoundBy("a", request).Completed);
    }

    [Fact]
    public void Receive_CoverIsNotFoundByTheSameWorkerAgainAndAgain_CountsInTheEnd()
    {
        Inspect(now: default);
        MovieRequest<int> request = Publish(7);

        Receipt<int>[] received = [.. Enumerable.Range(0, RequestTable<int>.MaxFailures).Select(_ => NotFoundBy("a", request))];

        Assert.All(received[..^1], receipt => Assert.Same(request, receipt.Again));
        Assert.NotNull(received[^1].Completed);
    }

    [Fact]
    public void Return_Rejected_IsPublishedAgainAfterTwiceTheTimeEachAndThenGivenUp()
    {
        var now = TimeSpan.FromSeconds(16);
        MovieRequest<int> request = _requests.Add(7);
        _requests.Published(_session, [request], now);
        for (int rejections = 1; rejections < RequestTable<int>.MaxRejections; rejections++)
        {
            Assert.Empty(Reject(request, now).Completed);
            now += TimeSpan.FromSeconds(1 << (rejections - 1));
            Assert.Empty(Inspect(now - TimeSpan.FromSeconds(0.1)));
            Assert.Equal([request], Inspect(now));
            _requests.Published(_session, [request], now);
        }

        Assert.Equal(FailureReason.Internal, Assert.Single(Reject(request, now).Completed).Result.Failure!.Reason);
    }

    [Fact]
    public void Return_RejectedWhileOthersMakePalettes_IsPublishedAgainAtOnceAFewTimes()
    {
        Receive(Publish(6));
        MovieRequest<int> request = Publish(7);
        for (int i = 0; i < RequestTable<int>.MaxRejections; i++)
        {
            Assert.Equal([request], Reject(request, now: default).Again);
            _requests.Published(_session, [request], now: default);
        }

        Assert.Empty(Reject(request, now: default).Again);
        Assert.True(_requests.IsPending(request));
    }

    [Fact]
    public void Return_RejectedBeforeItIsConfirmed_IsPublishedAgainWithoutItsWholeLease()
    {
        MovieRequest<int> request = _requests.Add(7);
        Assert.Empty(Reject(request, now: default).Completed);
        _requests.Published(_session, [request], now: default);

        Assert.Equal([request], Inspect(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Published_InAnEarlierSession_HasToBePublishedAgain()
    {
        MovieRequest<int> request = _requests.Add(7);
        object next = new();

        Assert.Empty(_requests.SessionBegan(next, now: default)); // its publisher still has it

        Assert.False(_requests.Published(_session, [request], now: default));
        Assert.True(_requests.Published(next, [request], now: default));
        Assert.Equal([request], _requests.SessionBegan(new object(), now: default));
    }

    [Fact]
    public void Return_BatchReachedTheDeliveryLimit_IsPublishedAsSuspects()
    {
        (MovieRequest<int> first, MovieRequest<int> second) = (Publish(1), Publish(2));
        Receive(first);

        ReturnedRequests<int> returned = _requests.Return(Epoch, WorkQueue.Work, ReturnCause.DeliveryLimit, [first.Key, second.Key], now: default);

        Assert.Equal([second], returned.Again);
        Assert.Empty(returned.Completed);
        Assert.Equal(WorkQueue.Suspect, second.Queue);
    }

    [Fact]
    public void Return_SuspectReachesTheDeliveryLimitThreeTimes_IsGivenUpWithoutProofOfACrash()
    {
        MovieRequest<int> request = Publish(7);
        var completed = new List<CompletedRequest<int>>();

        for (int i = 0; i < RequestTable<int>.MaxReturns; i++)
        {
            ReturnedRequests<int> returned = _requests.Return(Epoch, WorkQueue.Suspect, ReturnCause.DeliveryLimit, [request.Key], now: default);
            _requests.Published(_session, returned.Again, now: default);
            completed.AddRange(returned.Completed);
        }

        Assert.Equal(FailureReason.Internal, Assert.Single(completed).Result.Failure!.Reason);
    }

    [Theory]
    [InlineData(ReturnCause.Removed, Epoch)]
    [InlineData(ReturnCause.DeliveryLimit, "another epoch")]
    public void Return_RemovedByAPolicyOrOfAnotherRun_WaitsForTheLease(object cause, string epoch)
    {
        MovieRequest<int> request = Publish(7);

        ReturnedRequests<int> returned = _requests.Return(epoch, WorkQueue.Work, (ReturnCause)cause, [request.Key], now: default);

        Assert.Empty(returned.Again);
        Assert.Empty(returned.Completed);
        Assert.True(_requests.IsPending(request));
    }

    private MovieRequest<int> Publish(int movie)
    {
        MovieRequest<int> request = _requests.Add(movie);
        Assert.True(_requests.Published(_session, [request], now: default));
        return request;
    }

    private Receipt<int> Receive(MovieRequest<int> request) => _requests.Receive(Headers, ResultOf(request), now: default);

    private MovieRequest<int>[] Inspect(TimeSpan now, long workers = 2) => _requests.Inspected(WorkQueue.Work, waiting: 0, workers, now).Again;

    private Receipt<int> NotFoundBy(string worker, MovieRequest<int> request)
    {
        var failure = new ResultFailure(StageNames.Fetch, FailureReason.NotFound, "It is not there.", Version: null);
        return _requests.Receive(Headers with { Worker = worker }, new MovieResult(request.Key, Failure: failure), now: default);
    }

    private ReturnedRequests<int> Reject(MovieRequest<int> request, TimeSpan now) =>
        _requests.Return(Epoch, WorkQueue.Work, ReturnCause.Rejected, [request.Key], now);

    private static MovieResult ResultOf(MovieRequest<int> request) => new(request.Key, [1, 2, 3], Version: Version);
}
