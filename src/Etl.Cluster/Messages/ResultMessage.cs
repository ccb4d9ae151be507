namespace Etl.Cluster.Messages;

/// <summary>What a worker made of the movies of one message.</summary>
internal sealed record ResultMessage(MovieResult[] Movies);
