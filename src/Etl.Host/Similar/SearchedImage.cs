using System.Text;
using Etl.Host.Commands;
using Etl.Host.Outputs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PaletteEtl.Columns;
using PaletteEtl.Covers.Http;
using PaletteEtl.Palettes;

namespace Etl.Host.Similar;

/// <summary>The palette of an image, as a run of the configuration would make it.</summary>
internal static class SearchedImage
{
    /// <summary>Reads an image. Its palette has shares only where the catalogue has a column of them, so that both are weighed alike.</summary>
    /// <exception cref="UserException">The image has no palette.</exception>
    /// <exception cref="OperationCanceledException">The command is stopping.</exception>
    public static async Task<Palette> ReadAsync(EtlOptions options, string name, CancellationToken stopping)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IOptions<EtlOptions>>(new OptionsWrapper<EtlOptions>(options))
            .AddCoverClient()
            .BuildServiceProvider();
        var reader = new ImageReader(
            new PaletteExtractor(options), services.GetRequiredService<CoverClient>(), StandardInput.Open, TimeProvider.System);
        ImageResult image = await reader.ReadAsync(ImageSource.OfArgument(name), stopping);
        return image.Failure is { } failure
            ? throw new UserException(ExitCodes.Failed, Printable.Line($"the image {name} has no palette: {failure.Message}"))
            : WithShares(image, options.CoverColumns.FirstOrDefault(static column => column.Values is PopulationColumn));
    }

    private static Palette WithShares(ImageResult image, CoverColumn? shares)
    {
        Palette colors = new(image.Palette.ToArray());
        return shares is null
            ? colors
            : SharesJson.Add(colors, Encoding.UTF8.GetBytes((string)image.Columns.First(value => value.Column == shares.Name).Value));
    }
}
