namespace Etl.IntegrationTests;

public sealed class SmokeTests
{
    [Fact]
    public void Assembly_Loaded_HasTheVersionOfTheBuild() =>
        Assert.Equal(typeof(EtlOptions).Assembly.GetName().Version, typeof(SmokeTests).Assembly.GetName().Version);
}
