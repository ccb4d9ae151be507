namespace Etl.Host.Outputs;

/// <summary>Exceptions of files that cannot be created or written.</summary>
internal static class FileError
{
    public static bool Is(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ActualValue: null, ParamName: "value" };

    /// <summary>The cause without the path, which may be that of a partial file.</summary>
    public static string CauseOf(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        ArgumentOutOfRangeException => "file too large", // the runtime throws it for EFBIG, such as beyond ulimit -f
        _ => error.Message.Split(" : '")[0].TrimEnd('.'),
    };
}
