using PaletteEtl.Palettes;

namespace Etl.Tests.Palettes;

public sealed class QuantizersTests
{
    [Fact]
    public void Of_EveryAlgorithm_IsItsQuantizer() => Assert.All(
        Enum.GetValues<QuantizeAlgorithm>(),
        algorithm => Assert.NotNull(Quantizers.Of(new QuantizeOptions { Algorithm = algorithm })));

    [Fact]
    public void Of_AnythingElse_SaysSo() => Assert.StartsWith(
        "There is no such algorithm.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantizers.Of(new QuantizeOptions { Algorithm = (QuantizeAlgorithm)99 })).Message,
        StringComparison.Ordinal);
}
