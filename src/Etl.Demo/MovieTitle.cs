namespace Etl.Demo;

/// <summary>Makes up titles of films that do not exist.</summary>
internal static class MovieTitle
{
    private static readonly string[] Adjectives =
    [
        "Last", "Quiet", "Crimson", "Velvet", "Hollow", "Second", "Restless", "Paper", "Burning", "Invisible",
        "Borrowed", "Electric", "Forgotten", "Golden", "Reluctant", "Silver", "Midnight", "Unlikely", "Patient",
        "Broken",
    ];

    private static readonly string[] Things =
    [
        "Lighthouse", "Clockmaker", "Garden", "Orchard", "Telegram", "Harbour", "Comet", "Piano", "Cartographer",
        "Winter", "Violin", "Carousel", "Astronomer", "Elevator", "Balcony", "Locksmith", "River", "Marionette",
        "Umbrella", "Postman", "Chandelier", "Tiger", "Accordion", "Island",
    ];

    private static readonly string[] Places =
    [
        "Lisbon", "Vesper Street", "Saturn", "the Dunes", "Pier Nine", "Trieste", "Room Seven", "the North", "Kyoto",
        "the Equator", "Platform Four", "Marseille", "Mount Ember", "the Moon", "Black Lake", "Havana",
    ];

    private static readonly string[] Deeds =
    [
        "Waiting for", "Chasing", "Leaving", "Return to", "Letters from", "Escape from", "Goodbye", "A Night in",
        "Nobody Sleeps in", "Postcards from",
    ];

    private static readonly string[] People =
    [
        "Aurelia", "Mr Finch", "Baptiste", "the Colonel", "Odile", "Doctor Vane", "Ignacio", "Mrs Lark", "the Twins",
        "Captain Moth",
    ];

    public static string Pick(Random random) => random.Next(8) switch
    {
        0 or 1 => $"The {Of(Adjectives, random)} {Of(Things, random)}",
        2 => $"{Of(Deeds, random)} {Of(Places, random)}",
        3 => $"{Of(People, random)} and the {Of(Things, random)}",
        4 => $"{Of(Adjectives, random)} {Of(Things, random)}",
        5 => $"The {Of(Things, random)} of {Of(Places, random)}",
        6 => $"Who Stole the {Of(Things, random)}",
        _ => $"{Of(Things, random)}",
    };

    private static string Of(string[] words, Random random) => words[random.Next(words.Length)];
}
