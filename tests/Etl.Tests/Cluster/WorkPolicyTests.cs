using Etl.Cluster.Messages;
using Etl.Cluster.Protocol;
using PaletteEtl.Model;

namespace Etl.Tests.Cluster;

public sealed class WorkPolicyTests
{
    private static readonly MovieResult NotFound =
        new("key", Failure: new ResultFailure(StageNames.Fetch, FailureReason.NotFound, "It is not there.", Version: null));

    [Theory]
    [InlineData(null, null, true, WorkQueue.Work, 0, WorkAction.Extract)]
    [InlineData("a", "a", true, WorkQueue.Work, 1, WorkAction.Extract)]
    [InlineData(null, "a", true, WorkQueue.Work, 2, WorkAction.ExtractIsolated)]
    [InlineData(null, "a", true, WorkQueue.Suspect, 0, WorkAction.ExtractIsolated)]
    [InlineData(null, "a", false, WorkQueue.Work, 0, WorkAction.LeaveUnsupported)]
    [InlineData("a", "b", true, WorkQueue.Work, 0, WorkAction.LeaveForeign)]
    [InlineData("a", null, true, WorkQueue.Work, 0, WorkAction.LeaveForeign)]
    [InlineData("a", "b", false, WorkQueue.Suspect, 9, WorkAction.LeaveForeign)]
    public void ActionFor_Message_DependsOnItsCatalogueVersionAndRedeliveries(
        string? own, string? catalogue, bool isSupported, object queue, long redeliveries, object action) => Assert.Equal(
            (WorkAction)action,
            new WorkPolicy("me", own).ActionFor(new WorkHeaders("epoch", catalogue), isSupported, (WorkQueue)queue, redeliveries));

    [Theory]
    [InlineData(WorkPolicy.MaxLefts - 1, WorkAction.LeaveUnsupported)]
    [InlineData(WorkPolicy.MaxLefts, WorkAction.Reject)]
    public void ActionFor_MessageThatNoWorkerKnows_IsRejectedInTheEnd(long lefts, object action) => Assert.Equal(
        (WorkAction)action,
        new WorkPolicy("me", catalogue: null).ActionFor(new WorkHeaders("epoch", Lefts: lefts), isSupported: false, WorkQueue.Work, redeliveries: 0));

    [Theory]
    [InlineData("me", 0, WorkAction.LeaveOnce)]
    [InlineData("me", WorkPolicy.MaxLefts, WorkAction.Extract)]
    [InlineData("another", 0, WorkAction.Extract)]
    public void ActionFor_MessageThatAWorkerFailed_IsLeftToOthersByThatWorker(string notBy, long lefts, object action) => Assert.Equal(
        (WorkAction)action, ActionFor(new WorkPolicy("me", catalogue: null), new WorkHeaders("epoch", NotBy: notBy, Lefts: lefts)));

    [Fact]
    public void ActionFor_OthersFetchCoversAndThisWorkerNone_PausesAndTriesAgain()
    {
        var policy = new WorkPolicy("me", catalogue: null);
        policy.Observe(new WorkHeaders("epoch"), [.. Enumerable.Repeat(NotFound, 16)]);

        Assert.Equal(WorkAction.Extract, ActionFor(policy, new WorkHeaders("epoch", Palettes: 32)));
        Assert.Equal(WorkAction.LeaveUnreached, ActionFor(policy, new WorkHeaders("epoch", Palettes: 33)));
        Assert.Equal(WorkAction.Extract, ActionFor(policy, new WorkHeaders("epoch", Palettes: 1_000)));
        policy.Observe(new WorkHeaders("epoch"), [.. Enumerable.Repeat(NotFound, 8)]);
        Assert.Equal(WorkAction.LeaveUnreached, ActionFor(policy, new WorkHeaders("epoch", Palettes: 1_000)));
    }

    [Fact]
    public void ActionFor_ThisWorkerHasFetchedACoverSince_GoesOn()
    {
        var policy = new WorkPolicy("me", catalogue: null);
        policy.Observe(new WorkHeaders("epoch"), [.. Enumerable.Repeat(NotFound, 100)]);
        policy.Observe(new WorkHeaders("epoch"), [new MovieResult("key", [1, 2, 3])]);

        Assert.Equal(WorkAction.Extract, ActionFor(policy, new WorkHeaders("epoch", Palettes: 1_000)));
    }

    private static WorkAction ActionFor(WorkPolicy policy, WorkHeaders headers) =>
        policy.ActionFor(headers, isSupported: true, WorkQueue.Work, redeliveries: 0);
}
