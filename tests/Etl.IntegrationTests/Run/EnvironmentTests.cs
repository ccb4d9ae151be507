using System.Security.Cryptography.X509Certificates;
using Etl.IntegrationTests.Commands;

namespace Etl.IntegrationTests.Run;

/// <summary>The real process obeys the platform's environment variables for certificates and proxies.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-environment-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Palette_ServerOfAPrivateAuthority_IsNotTrusted()
    {
        using X509Certificate2 certificate = Certificates.SelfSigned();
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Posters.Png()), certificate);

        EtlOutput ended = await PaletteAsync($"{server.Url}/a.png");

        Assert.Equal((3, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith(
            $"{server.Url}/a.png: unreachable: {server.Url}/a.png could not be read: the secure connection failed: The remote certificate is invalid",
            Assert.Single(ended.Errors.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Palette_PrivateAuthorityThatTheSystemTrusts_IsTrusted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only OpenSSL takes authorities from a variable.");
        using X509Certificate2 certificate = Certificates.SelfSigned();
        string authority = Path.Combine(_folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using CoverServer server = await CoverServer.StartAsync(Answers.Body(Posters.Png()), certificate);

        EtlOutput ended = await PaletteAsync($"{server.Url}/a.png", ("SSL_CERT_FILE", authority));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
    }

    [Fact]
    public async Task Palette_ProxyIsNamed_IsAsked()
    {
        await using CoverServer proxy = await CoverServer.StartAsync(Answers.Body(Posters.Png()));

        EtlOutput ended = await PaletteAsync("http://covers.invalid/a.png", ("http_proxy", proxy.Url), ("no_proxy", ""));

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(["/a.png"], proxy.Paths);
    }

    private async Task<EtlOutput> PaletteAsync(string url, params (string, string)[] variables)
    {
        using EtlProcess process = EtlProcess.Start(_folder.FullName, variables, "palette", url);
        return await process.EndAsync();
    }
}
