namespace Etl.Tests.Support;

/// <summary>Thrown by a script of <see cref="ScriptedCovers"/> for a cover that has not changed since it failed.</summary>
internal sealed class UnchangedCover : Exception;
