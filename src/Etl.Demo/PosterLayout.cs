using SkiaSharp;

namespace Etl.Demo;

/// <summary>Makes room for the words over a finished picture, and sets them.</summary>
internal static class PosterLayout
{
    private const float Margin = 9;
    private const float Gap = 7;
    private const float CreditsHeight = 12;

    public static void Finish(PosterSheet sheet, string title)
    {
        using var lettering = new Lettering(sheet, title);
        float credits = sheet.Height - CreditsHeight;
        float atFoot = credits - Gap - lettering.Height;
        if (sheet.Chance(0.3f))
        {
            Frame(sheet, sheet.Between(3f, 6f), atFoot - Gap);
            lettering.DrawTitle(atFoot, sheet.Theme.Night);
            lettering.DrawCredits(credits, sheet.Theme.Night);
            return;
        }

        // Light letters can be read where the picture darkens toward an edge.
        bool atHead = sheet.Chance(0.3f);
        SKColor dark = PosterTheme.Mix(sheet.Theme.Night, SKColors.Black, 0.3f);
        SKColor[] shade = [dark.WithAlpha(0), dark.WithAlpha(190), dark.WithAlpha(230)];
        sheet.Fade(atHead ? credits - (2 * Gap) : atFoot - (3 * Gap), sheet.Height, shade);
        if (atHead)
        {
            sheet.Fade(0, Margin + lettering.Height + (3 * Gap), [.. shade.Reverse()]);
        }

        lettering.DrawTitle(atHead ? Margin : atFoot, sheet.Theme.Light);
        lettering.DrawCredits(credits, sheet.Theme.Light);
    }

    /// <summary>A border of paper, wide at the foot.</summary>
    private static void Frame(PosterSheet sheet, float border, float foot)
    {
        SKColor paper = PosterTheme.Mix(sheet.Theme.Light, sheet.Theme.Accent, 0.06f);
        sheet.Bar(0, 0, PosterSheet.Width, border, paper);
        sheet.Bar(0, 0, border, sheet.Height, paper);
        sheet.Bar(PosterSheet.Width - border, 0, border, sheet.Height, paper);
        sheet.Bar(0, foot, PosterSheet.Width, sheet.Height - foot + 1, paper);
    }
}
