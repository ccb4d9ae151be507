using System.Diagnostics;
using PaletteEtl.Catalogue;
using PaletteEtl.Palettes;
using PaletteEtl.Telemetry;

namespace PaletteEtl.Pipeline;

/// <summary>Hands batches to the sink, and tells the run what became of their movies.</summary>
internal sealed class WriteStage(
    IPaletteSink sink, EtlRun run, DeadLetterLimit limit, RunAbort abort)
{
    private static readonly Failure SomeRejected =
        new(StageNames.Write, FailureReason.Rejected, "The database refused rows of the batch.", Version: null);

    /// <summary>Writes a batch; when that fails, the run ends.</summary>
    public void Run(Item<Palette>[] items)
    {
        if (abort.Token.IsCancellationRequested)
        {
            return; // abandoned like all that is in flight
        }

        foreach (ref readonly Item<Palette> item in items.AsSpan())
        {
            run.Write.ItemWaited(item.ReadyAt, item.Span);
            EtlActivities.Waited(StageNames.Write, item.Span, run.Write.Elapsed(item.ReadyAt));
        }

        long started = run.Write.ItemStarted();
        using Activity? span = EtlActivities.StartBatch(run.Span, items);
        BatchResult batch = default;
        try
        {
            var outcomes = new Outcome[items.Length];
            batch = sink.Write(items, outcomes);
            foreach (ref readonly Item<Palette> item in items.AsSpan())
            {
                EtlActivities.Written(item.Span, run.Write.Elapsed(started));
            }

            BatchResult totals = run.BatchWritten(items, outcomes, batch);
            limit.ThrowIfReached(totals, run.Read);
        }
        catch (OperationCanceledException) when (abort.Token.IsCancellationRequested)
        {
            // The abort has interrupted the transaction, which is rolled back.
        }
        catch (Exception error)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            abort.Fault(error);
        }
        finally
        {
            run.Write.ItemEnded(started, waited: 0, batch.Rejected > 0 ? SomeRejected : null, batch.Rejected, span);
        }
    }
}
