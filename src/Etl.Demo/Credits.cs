namespace Etl.Demo;

/// <summary>The small print of a poster: who is said to have made the film.</summary>
internal static class Credits
{
    private static readonly string[] FirstNames =
    [
        "Ada", "Bruno", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kenji", "Lucia",
        "Marta", "Nils", "Olga", "Paulo",
    ];

    private static readonly string[] LastNames =
    [
        "Abendroth", "Bellini", "Castellan", "Dufresne", "Eklund", "Farrow", "Gallo", "Hale", "Ivanov", "Juarez",
        "Kowalski", "Lindqvist", "Moreau", "Nakata",
    ];

    public static IEnumerable<string> Lines(PosterSheet sheet)
    {
        yield return $"{Studio(sheet)} presents a film by {Name(sheet)}  starring {Name(sheet)}";
        yield return $"{Name(sheet)}  {Name(sheet)}  music {Name(sheet)}";
        yield return $"photography {Name(sheet)}  edited by {Name(sheet)}";
    }

    private static string Studio(PosterSheet sheet) => Pick(sheet, LastNames) + " Pictures";

    private static string Name(PosterSheet sheet) => Pick(sheet, FirstNames) + " " + Pick(sheet, LastNames);

    private static string Pick(PosterSheet sheet, string[] names) => names[sheet.Between(0, names.Length - 1)];
}
