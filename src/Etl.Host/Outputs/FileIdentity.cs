namespace Etl.Host.Outputs;

/// <summary>The number of a file on its volume: the same for every name and link of the file.</summary>
/// <param name="Volume">The device on Unix, the serial number of the volume on Windows.</param>
/// <param name="Index">The inode on Unix, the file index on Windows.</param>
internal readonly record struct FileIdentity(ulong Volume, ulong Index);
