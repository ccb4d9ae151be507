using Etl.Host;

namespace Etl.IntegrationTests.Run;

/// <summary>Commands in this process: the same code without the start of a process. Relative paths are relative to this process's
/// folder, so a test gives whole ones.</summary>
internal static class EtlCommand
{
    public static async Task<EtlOutput> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = await Program.RunAsync(arguments, output, errors).WaitAsync(TestTimeout);
        return new EtlOutput(code, output.ToString(), errors.ToString());
    }
}
