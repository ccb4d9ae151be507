namespace Etl.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string name) => Path.Combine(Root, name);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Etl.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
