using SkiaSharp;

namespace Etl.Demo.Motifs;

/// <summary>A line of hills or peaks from edge to edge, filled down to the foot of the sheet.</summary>
internal static class Ridge
{
    private const int Steps = 160;

    /// <summary>Draws soft hills: three waves of chance lengths, added.</summary>
    public static void Hills(PosterSheet sheet, float top, float rise, SKColor color)
    {
        float slow = sheet.Between(0.6f, 1.4f), middle = sheet.Between(1.8f, 3.2f), fast = sheet.Between(4f, 7f);
        float a = sheet.Between(0f, 6.3f), b = sheet.Between(0f, 6.3f), c = sheet.Between(0f, 6.3f);
        Fill(sheet, color, at => top + (rise * (
            (0.6f * MathF.Sin((at * slow * MathF.Tau) + a))
            + (0.3f * MathF.Sin((at * middle * MathF.Tau) + b))
            + (0.08f * MathF.Sin((at * fast * MathF.Tau) + c)))));
    }

    /// <summary>Draws jagged peaks: a line broken in the middle again and again.</summary>
    public static void Peaks(PosterSheet sheet, float top, float rise, SKColor color)
    {
        const int Points = 257;
        float[] heights = new float[Points];
        heights[0] = sheet.Between(-rise, rise);
        heights[^1] = sheet.Between(-rise, rise);
        for (int stride = Points - 1; stride > 1; stride /= 2)
        {
            for (int left = 0; left + stride < Points; left += stride)
            {
                heights[left + (stride / 2)] = ((heights[left] + heights[left + stride]) / 2)
                    + (sheet.Between(-rise, rise) * stride / Points * 1.7f);
            }
        }

        Fill(sheet, color, at => top + heights[(int)(at * (Points - 1))]);
    }

    private static void Fill(PosterSheet sheet, SKColor color, Func<float, float> heightAt)
    {
        var corners = new SKPoint[Steps + 3];
        for (int i = 0; i <= Steps; i++)
        {
            float at = (float)i / Steps;
            corners[i] = new SKPoint(at * PosterSheet.Width, heightAt(at));
        }

        corners[^2] = new SKPoint(PosterSheet.Width, sheet.Height);
        corners[^1] = new SKPoint(0, sheet.Height);
        sheet.Polygon(color, corners);
    }
}
