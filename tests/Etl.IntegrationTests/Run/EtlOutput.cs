namespace Etl.IntegrationTests.Run;

/// <summary>What a process left behind.</summary>
internal sealed record EtlOutput(int ExitCode, string Output, string Errors);
