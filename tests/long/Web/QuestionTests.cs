using System.Globalization;
using System.Text.RegularExpressions;
using Etl.IntegrationTests.Run;
using Etl.IntegrationTests.Service;
using Etl.IntegrationTests.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Etl.LongTests.Web;

/// <summary>The questions of an operator. The accessibility tree of one part of the page, no higher than a screen, has each answer.</summary>
public sealed class QuestionTests(Browser browser) : PageTests(browser)
{
    private const int Movies = 600;
    private static readonly ViewportSize Screen = new() { Width = 1440, Height = 900 };

    private static readonly (string Question, string Part, string Answer)[] Expected =
    [
        ("is it moving?", "#progress", @"term: Movies/s\s+- definition: ""?[1-9]"),
        ("when is it done?", "#progress", @"term: Time left\s+- definition: .*\d+ (s|min)"),
        ("is it current?", "#progress", @"paragraph: [\d,]+ of 600 complete"),
        ("what limits it?", "#graph", @"fetch limits this run"),
        ("where does pressure build?", "#graph", @"meter ""Buffer of fetch""\s+- paragraph: (?<held>\d+) of \k<held>"),
        ("what fails and why?", "#causes", @"listitem: .*\d+ not_found, since \d\d:\d\d: There is no cover at http"),
    ];

    [Fact]
    public async Task Page_QuestionsOfAnOperator_AreEachAnsweredOnOneScreen()
    {
        ExpectedFault = "status of 404"; // thumbnails of missing covers
        using var catalogue = new TestCatalogue(Movies);
        await using CoverServer covers = await CoverServer.StartAsync(context => AnswerAsync(context, catalogue));
        await using ServiceProcess service = await ServiceProcess.StartAsync(
            catalogue,
            "--set", $"Etl:Fetch:Locations:0={covers.Url}/{{id}}.jpg",
            "--set", "Etl:Fetch:DegreeOfParallelism=2");
        await using IPage page = await OpenAsync(service, new() { ViewportSize = Screen });

        foreach ((string question, string part, string answer) in Expected)
        {
            ILocator section = page.Locator(part);
            string tree = "";
            await Eventually.Holds(async () => Regex.IsMatch(tree = await section.AriaSnapshotAsync(), answer));

            LocatorBoundingBoxResult box = Assert.IsType<LocatorBoundingBoxResult>(await section.BoundingBoxAsync());
            Assert.True(box.Height <= Screen.Height && box.Width <= Screen.Width, $"{question} takes {box.Width} x {box.Height} pixels: {tree}");
        }
    }

    /// <summary>A web server that has 19 of 20 covers and answers after a tenth of a second.</summary>
    private static async Task AnswerAsync(HttpContext context, TestCatalogue catalogue)
    {
        string path = catalogue.PathOf($"covers{context.Request.Path.Value}");
        int number = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromMilliseconds(100), context.RequestAborted);
        await (number % 20 == 19 ? Answers.Status(404) : Answers.Body(await File.ReadAllBytesAsync(path, context.RequestAborted)))(context);
    }
}
