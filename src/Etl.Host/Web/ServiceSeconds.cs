using Etl.Host.Configuration;
using Etl.Host.Json;
using Etl.Host.Service;
using PaletteEtl.Pipeline;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Compares the service with itself a second before.</summary>
internal sealed class ServiceSeconds(ConfigurationInForce configuration)
{
    private EtlConfiguration _configuration = configuration.Current;
    private ServiceTotals _totals;
    private int _runs;

    /// <summary>The second that ends now.</summary>
    public SecondJson Next(ServiceSnapshot service, bool isLocked, bool isStalled, bool isReady)
    {
        ServiceTotals totals = service.Totals;
        long settled = totals.Progress - _totals.Progress;
        ServiceCondition condition = ServiceConditions.Of(service, settled > 0, isLocked, isStalled, isReady);
        EtlConfiguration inForce = configuration.Current;
        var second = new SecondJson(settled, totals.NewFailures - _totals.NewFailures, condition)
        {
            LimitingStage = condition == ServiceCondition.Running && service.Run is { Ending: RunEnding.Running } run
                ? CurrentRunJson.LimitingStage(run)?.Name
                : null,
            Runs = service.Runs - _runs,
            Reloads = ReferenceEquals(inForce, _configuration) ? 0 : 1,
        };
        (_totals, _runs, _configuration) = (totals, service.Runs, inForce);
        return second;
    }
}
