namespace Etl.IntegrationTests.Run;

/// <summary>The exit code and the output of a process.</summary>
internal sealed record EtlOutput(int ExitCode, string Output, string Errors);
