// POST a picture, get its palette: curl --data-binary @cover.jpg http://localhost:5000/palette
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Palettes;

const int MaxBytes = 16 << 20;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddEtl(etl => etl.Fetch.MaxCoverBytes = MaxBytes);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBytes);
WebApplication app = builder.Build();
app.MapPost("/palette", async (HttpRequest request, PaletteExtractor extractor, CancellationToken cancelled) =>
{
    try
    {
        Palette palette = await extractor.ExtractAsync(request.Body, cancelled);
        return Results.Text(palette.ToJson(), "application/json");
    }
    catch (CoverException error)
    {
        return Results.Problem(error.Message, statusCode: StatusCodes.Status422UnprocessableEntity, title: error.Reason.ToString());
    }
});
await app.RunAsync();
