using Etl.Host.Json;
using Microsoft.AspNetCore.Http;
using PaletteEtl.Service;

namespace Etl.Host.Web;

/// <summary>Pauses and resumes the service.</summary>
internal sealed class PauseEndpoints(EtlService service)
{
    public IResult Pause()
    {
        service.Pause();
        return State();
    }

    public IResult Resume()
    {
        service.Resume();
        return State();
    }

    private IResult State() => Answer.Of(new PauseJson(service.Status.State.ToString().ToLowerInvariant()));
}
