using System.Diagnostics;
using Etl.Host;
using Etl.IntegrationTests.Run;

namespace Etl.IntegrationTests.Commands;

/// <summary>In a process of its own, whose standard input is certainly no terminal.</summary>
public sealed class ResetConsentTests : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reset_NoTerminalAndNoYes_SaysWhatItWouldDoAndIsRefused()
    {
        _folder.WithTable().WithMovie("1", CatalogueFolder.APalette).WithMovie("2", CatalogueFolder.APalette);
        using Process etl = Start("reset", "--all", "--set", $"Etl:Query:Database={_folder.Database}");
        await etl.StandardInput.WriteLineAsync("y");
        etl.StandardInput.Close();

        using var timeout = new CancellationTokenSource(TestTimeout);
        string errors = await etl.StandardError.ReadToEndAsync(timeout.Token);
        await etl.WaitForExitAsync(timeout.Token);

        Assert.Equal(2, etl.ExitCode);
        Assert.Equal(
            $"etl: this would empty 2 palettes in movies of {_folder.Database}; say --yes to have it done.", errors.TrimEnd());
        Assert.Empty(_folder.Emptied());
    }

    private static Process Start(params string[] args) => ChildProcess.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        });
}
