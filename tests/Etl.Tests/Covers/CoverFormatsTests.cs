using PaletteEtl.Covers;
using PaletteEtl.Covers.Formats;

namespace Etl.Tests.Covers;

public sealed class CoverFormatsTests
{
    [Fact]
    public void All_EveryFormatOfTheLibrary_IsThereOnce()
    {
        string[] formats =
        [
            .. typeof(CoverFormat).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(CoverFormat)) && !type.IsAbstract)
                .Select(type => type.Name).Order(StringComparer.Ordinal),
        ];

        Assert.Equal(formats, CoverFormats.All.Select(format => format.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Distinct(CoverFormats.All.Select(format => format.Name));
    }
}
