using PaletteEtl.Model;

namespace Etl.Tests.Pipeline;

public sealed class FailureReasonsTests
{
    [Fact]
    public void Name_EveryReason_IsOfTheClosedSet() => Assert.Equal(
        [
            "not_found", "forbidden", "invalid_id", "empty", "too_large", "too_many_pixels", "unsupported_format",
            "truncated", "corrupt", "timeout", "unreachable", "crashed", "rejected", "internal", "memory",
        ],
        FailureReasons.All);

    [Fact]
    public void TryParse_EveryName_GivesItsReason() => Assert.All(
        Enum.GetValues<FailureReason>(),
        reason => Assert.True(FailureReasons.TryParse(reason.Name(), out FailureReason parsed) && parsed == reason));

    [Theory]
    [InlineData("NotFound")]
    [InlineData("NOT_FOUND")]
    [InlineData("")]
    [InlineData("another")]
    public void TryParse_AnythingElse_IsNoReason(string name) => Assert.False(FailureReasons.TryParse(name, out _));

    [Fact]
    public void IsTransient_EveryReason_HoldsForThoseThatMayPassByThemselves() => Assert.Equal(
        ["not_found", "forbidden", "timeout", "unreachable", "internal", "memory"],
        Enum.GetValues<FailureReason>().Where(reason => reason.IsTransient()).Select(reason => reason.Name()));
}
