using System.IO.Pipelines;
using System.Text;
using Etl.Host;
using Etl.Host.Commands;

namespace Etl.IntegrationTests.Commands;

public sealed class NameListTests
{
    [Theory]
    [InlineData("a.jpg\nb.jpg\n", "a.jpg|b.jpg")]
    [InlineData("a.jpg\nb.jpg", "a.jpg|b.jpg")]
    [InlineData("a.jpg\r\nb.jpg\r\n", "a.jpg|b.jpg")]
    [InlineData("a.jpg\r\n\r\n\n\nb.jpg\r", "a.jpg|b.jpg")]
    [InlineData("-a.jpg\n--json\n-\n@b.jpg\n", "-a.jpg|--json|-|@b.jpg")]
    [InlineData(" a.jpg \n\tb.jpg", " a.jpg |\tb.jpg")]
    [InlineData("\uFEFFä.jpg\nhttp://example.org/?a=b\n", "ä.jpg|http://example.org/?a=b")]
    [InlineData("", "")]
    [InlineData("\n\r\n\n", "")]
    public async Task ReadAsync_Lines_GivesTheNames(string text, string names) =>
        Assert.Equal(Split(names), await NamesIn(Encoding.UTF8.GetBytes(text), '\n'));

    [Theory]
    [InlineData("a.jpg\0b.jpg\0", "a.jpg|b.jpg")]
    [InlineData("a.jpg\0b.jpg", "a.jpg|b.jpg")]
    [InlineData("two\nlines.jpg\0b.jpg\r\0", "two\nlines.jpg|b.jpg\r")]
    [InlineData("\0\0-a.jpg\0\0", "-a.jpg")]
    [InlineData("", "")]
    public async Task ReadAsync_EndedByNul_GivesTheNames(string text, string names) =>
        Assert.Equal(Split(names), await NamesIn(Encoding.UTF8.GetBytes(text), '\0'));

    [Fact]
    public async Task ReadAsync_Utf16OfWindows_GivesTheNames() => Assert.Equal(
        ["a.jpg", "ä.jpg"], await NamesIn([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a.jpg\r\nä.jpg\r\n")], '\n'));

    [Theory]
    [InlineData(1)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(65_535)]
    public async Task ReadAsync_LongNames_GivesThemWhole(int length)
    {
        string name = new('a', length);

        Assert.Equal([name, "b", name], await NamesIn(Encoding.UTF8.GetBytes($"{name}\r\nb\n{name}"), '\n'));
    }

    [Theory]
    [InlineData('\n')]
    [InlineData('\0')]
    public async Task ReadAsync_NameOfTooManyCharacters_IsOneLineThatSaysHowToMend(char separator)
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('a', 70_000));

        UserException error = await Assert.ThrowsAsync<UserException>(() => NamesIn(text, separator));

        Assert.Equal(
            "list.txt has a name of more than 65536 characters. Give one name per line, or end each with a NUL and add --null.",
            error.Message);
    }

    [Fact]
    public async Task ReadAsync_ListThatGoesOn_GivesEachNameOnceItIsThere()
    {
        var pipe = new Pipe();
        await using IAsyncEnumerator<string> names =
            new NameList("-", pipe.Reader.AsStream(), '\n').ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        await pipe.Writer.WriteAsync("a.jpg\nb."u8.ToArray(), TestContext.Current.CancellationToken);
        bool first = await names.MoveNextAsync().AsTask().WaitAsync(TestTimeout, TestContext.Current.CancellationToken);
        string shown = names.Current;
        Task<bool> second = names.MoveNextAsync().AsTask();
        bool early = second.IsCompleted;
        await pipe.Writer.WriteAsync("jpg\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal((true, "a.jpg", false), (first, shown, early));
        Assert.True(await second.WaitAsync(TestTimeout, TestContext.Current.CancellationToken));
        Assert.Equal("b.jpg", names.Current);
    }

    private static string[] Split(string names) => names.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string[]> NamesIn(byte[] text, char separator) =>
        await new NameList("list.txt", new MemoryStream(text), separator).ReadAsync(CancellationToken.None).ToArrayAsync();
}
